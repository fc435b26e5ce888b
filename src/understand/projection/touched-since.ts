import { projected } from './projected.ts'

/** Told by the traits already, or about nobody's answers to questions. */
const elsewhere = ['facts', 'orders', 'order_lines', 'profile_customers']

/** What conditions read of people beside the traits, by profile. */
const besideTraits = projected.flatMap(({ parts }) =>
  parts.flatMap(({ table, columns }) => (columns.includes('profile_id') && !elsewhere.includes(table) ? [table] : [])),
)

/**
 * The customers of whom anything in the columns changed since a position, as a subquery of customer ids: gone ones too, some more than
 * once. Parameter: since, of type UInt64.
 */
export function touchedSince(): string {
  const profiles = besideTraits.map((table) => `SELECT profile_id FROM ${table} WHERE version >= {since:UInt64}`)
  return `SELECT customer_id FROM traits WHERE version > {since:UInt64}
UNION ALL SELECT customer_id FROM profile_customers FINAL WHERE profile_id IN (${profiles.join(' UNION ALL ')})`
}
