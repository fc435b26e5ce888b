import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import type { Foreteller, ForetoldAction } from './contract.ts'
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

/**
 * What is to be done about a customer on a day, by the rule of predictions/ladder.ts (`actionFor`; a test holds the two together), over a source. Unknown where nothing
 * is, and of who bought since the forecast was made.
 */
export function actionSql({ among, on }: { among: readonly ForetoldAction[]; on: Day }, { bind }: Bindings): string {
  const today = bind(on, 'Date')
  const theirs = (passes: string) =>
    `customer_id IN (SELECT customer_id FROM outlooks WHERE forecast = ${latest} AND ${passes})`
  const early = `isNotNull(call_before) AND ${today} + 14 < call_before`
  const over = `ifNull(call_before < ${today}, 1)`
  const faint = 'ifNull(again365 < 20, 0)'
  const once = '(purchase_days[1] = purchase_days[-1])'
  const acts: Record<ForetoldAction, () => string> = {
    wait: () => `(${theirs(early)} AND NOT ${once})`,
    second: () => `(${theirs(early)} AND ${once})`,
    soon: () => theirs(`${today} + 14 >= call_before AND ${today} <= call_before`),
    late: () => theirs(`call_before < ${today} AND NOT ${faint}`),
    gone: () => theirs(`${over} AND ${faint}`),
  }
  const some = theirs(`(isNotNull(call_before) OR ${faint})`)
  const since = `ifNull(last_purchase <= (SELECT argMax(as_of, id) FROM forecasts), 0)`
  return `if(${some} AND ${since}, ${among.map((one) => acts[one]()).join(' OR ')}, NULL)`
}
