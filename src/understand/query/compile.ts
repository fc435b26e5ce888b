import { type Bindings, bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import type { Plan, Sort } from './plan.ts'
import { columnTypes } from './primitive.ts'
import { asksOfTalks, isOfTalks } from './record.ts'
import { isNarrow, sourceOf } from './source.ts'

/** The keyset of the last row shown: its sorted value (null where it has none) and its customer. */
export type Key = [value: string | number | null, customerId: number]

/**
 * A page: the numbers of each customer, and its sorted value for the next page's key. Of stored traits the people of the page are
 * found by what they are asked and sorted by alone, and their numbers read after: all numbers of a million people took half as long again.
 */
export function compilePage({ lens, where, yardstick, sort }: Plan, limit: number, after?: Key): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: asksOfTalks(where) || isOfTalks(sort.column) })
  const conditions = [compileCondition(where, yardstick, bound), ...(after ? [compileAfter(sort, after, bound)] : [])]
  const direction = sort.direction === 'up' ? 'ASC' : 'DESC'
  const order = `ORDER BY ${sort.column} ${direction} NULLS LAST, customer_id ${direction}`
  const found = conditions.join(' AND ')
  const most = `LIMIT ${bound.bind(limit, 'UInt32')}`
  const here = isNarrow(lens)
    ? found
    : `customer_id IN (SELECT customer_id FROM ${source} WHERE ${found} ${order} ${most})`
  return {
    sql: `SELECT customer_id AS customerId, toString(first_purchase) AS firstPurchase, toString(last_purchase) AS lastPurchase, purchases, revenue, ${keyOf(sort)} AS sorted
FROM ${source}
WHERE ${here}
${order}
${most}`,
    params: bound.params,
  }
}

/** How many customers. */
export function compileCount({ lens, where, yardstick }: Plan): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: asksOfTalks(where) })
  return {
    sql: `SELECT count() AS customers
FROM ${source}
WHERE ${compileCondition(where, yardstick, bound)}`,
    params: bound.params,
  }
}

/** Who lacks the value comes last in both directions, so after a value come further values, then all who lack it. */
function compileAfter({ column, direction }: Sort, [value, customerId]: Key, { bind }: Bindings): string {
  const beyond = direction === 'up' ? '>' : '<'
  const id = bind(customerId, 'UInt64')
  if (value === null) return `(isNull(${column}) AND customer_id ${beyond} ${id})`
  const last = bind(value, columnTypes[column])
  return `(${column} ${beyond} ${last} OR (${column} = ${last} AND customer_id ${beyond} ${id}) OR isNull(${column}))`
}

function keyOf({ column }: Sort): string {
  return columnTypes[column] === 'Date' ? `toString(${column})` : column
}
