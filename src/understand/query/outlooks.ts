import type { Bindings } from './bindings.ts'
import type { Foreteller } from './contract.ts'
import type { OutlookColumn } from './primitive.ts'

/** The generation of outlooks that is complete (understand/predictions); in none nobody is found. */
const latest = '(SELECT max(id) FROM forecasts)'

/** Of whom the last forecast says something in a column, and, with a condition, what passes it. */
export function foretoldPeople(column: OutlookColumn, passes = '1'): string {
  return `SELECT customer_id FROM outlooks WHERE forecast = ${latest} AND isNotNull(${column}) AND ${passes}`
}

/** Of whom it says something by one of these. */
export function peopleForetoldBy(by: readonly Foreteller[], { bind }: Bindings): string {
  return `SELECT customer_id FROM outlooks WHERE forecast = ${latest} AND has(${bind([...by], 'Array(String)')}, toString(step))`
}
