import type { Bindings } from './bindings.ts'
import { lastBirthday } from './birthday-sql.ts'
import type { OrdersAsked } from './orders-asked.ts'
import { rangeSql } from './range-sql.ts'

/**
 * What is asked of documents as a whole, over the arrays of a source: without a join, whatever the days. Null: unknown.
 * An expression stands once in the text for each use; ClickHouse computes equal expressions once.
 */
export function documentSql(asked: OrdersAsked, bindings: Bindings): string {
  const { bind } = bindings
  const some = asked.of === 'count' ? someSql(asked, bindings) : undefined
  if (some) return some
  const { bought, spent } = partsOf(asked, bindings)
  const ends = { from: asked.least, to: asked.most }
  const number = (value: number | string) => bind(value, 'Int64')
  switch (asked.of) {
    case 'count':
      return rangeSql(`length(${bought})`, ends, number)
    case 'spent':
      return rangeSql(spent, ends, number)
    case 'average':
      return `if(empty(${bought}), NULL, ${averageSql(spent, `length(${bought})`, ends, number)})`
    case 'gap':
      return `if(length(${bought}) < 2, NULL, ${rangeSql(gapSql(bought), ends, number)})`
    case 'first':
    case 'last': {
      const day = (value: number | string) => bind(value, 'Date')
      return `if(empty(${bought}), NULL, ${rangeSql(`${bought}[${asked.of === 'first' ? 1 : -1}]`, ends, day)})`
    }
    default:
      throw new Error(`documents do not tell ${asked.of}`)
  }
}

/** The value that was compared, to be shown; null where there is none. */
export function documentValue(asked: OrdersAsked, bindings: Bindings): string {
  const { bought, spent } = partsOf(asked, bindings)
  switch (asked.of) {
    case 'count':
      return `toString(length(${bought}))`
    case 'spent':
      return `toString(${spent})`
    case 'average':
      return `if(empty(${bought}), NULL, toString(round(${spent} / length(${bought}))))`
    case 'gap':
      return `if(length(${bought}) < 2, NULL, toString(${gapSql(bought)}))`
    default:
      return `if(empty(${bought}), NULL, toString(${bought}[${asked.of === 'first' ? 1 : -1}]))`
  }
}

/**
 * Any purchase in those days, or none: the first or the last of all tells where one end is open, else it is looked for, not collected.
 * So an answer that another condition of an AND rules out costs nothing.
 */
function someSql(asked: OrdersAsked, bindings: Bindings): string | undefined {
  const { least, most, from, to, shopIds } = asked
  const none = most === 0 && Number(least ?? 0) <= 0
  if (shopIds || !(none || (least === 1 && most === undefined))) return undefined
  const tests = daysTests(asked, bindings)
  if (tests.length === 0) return undefined
  const end = tests.length === 1 && (from ? 'last_purchase' : to ? 'first_purchase' : undefined)
  const some = end
    ? `ifNull(${tests[0]!.replace(/^d /, `${end} `)}, 0)`
    : `arrayExists(d -> ${tests.join(' AND ')}, purchase_days)`
  return none ? `(NOT ${some})` : `(${some})`
}

function daysTests({ from, to, on, weekdays, nths, sinceBirthday }: OrdersAsked, bindings: Bindings): string[] {
  const { bind } = bindings
  return [
    ...(sinceBirthday ? [`d >= ${lastBirthday(on, bindings)}`] : []),
    ...(from ? [`d >= ${bind(from, 'Date')}`] : []),
    ...(to ? [`d <= ${bind(to, 'Date')}`] : []),
    ...(weekdays ? [`has(${bind(weekdays, 'Array(UInt8)')}, toDayOfWeek(d))`] : []),
    ...(nths ? [nthSql('d', nths, bindings)] : []),
  ]
}

/** The days of the purchases that are asked about, rising, and what all such documents add up to. */
function partsOf(asked: OrdersAsked, bindings: Bindings): { bought: string; spent: string } {
  const days = daysTests(asked, bindings)
  const { shopIds } = asked
  if (shopIds) {
    const all = [...days, `has(${bindings.bind(shopIds, 'Array(UInt32)')}, s)`].join(' AND ')
    return {
      bought: `arrayFilter((d, k, s) -> k = 1 AND ${all}, days, sales, document_shops)`,
      spent: `arraySum((a, d, s) -> if(${all}, a, 0), amounts, days, document_shops)`,
    }
  }
  if (days.length === 0) return { bought: 'purchase_days', spent: 'revenue' }
  const all = days.join(' AND ')
  return {
    bought: `arrayFilter(d -> ${all}, purchase_days)`,
    spent: `arraySum((a, d) -> if(${all}, a, 0), amounts, days)`,
  }
}

/** The most days between two in a row of rising days. */
export function gapSql(days: string): string {
  return `arrayMax(arrayDifference(arrayMap(d -> toInt32(d), ${days})))`
}

/** A mean between two ends, compared as products, so that nothing is rounded. Wide, so that nothing wraps around. */
export function averageSql(
  sum: string,
  count: string,
  ends: { from?: number | string; to?: number | string },
  bound: (value: number | string) => string,
): string {
  const times = (end: number | string) => `toInt128(${bound(end)}) * ${count}`
  return rangeSql(`toInt128(${sum})`, ends, times)
}

/** Whether a day is the first, second … of its weekday in its month, or (-1) the last. */
export function nthSql(day: string, nths: readonly number[], { bind }: Bindings): string {
  const counted = nths.filter((nth) => nth > 0)
  const last = `toDayOfMonth(${day}) + 7 > toDayOfMonth(toLastDayOfMonth(${day}))`
  const tests = [
    ...(counted.length > 0 ? [`has(${bind(counted, 'Array(UInt8)')}, intDiv(toDayOfMonth(${day}) - 1, 7) + 1)`] : []),
    ...(nths.includes(-1) ? [last] : []),
  ]
  return `(${tests.join(' OR ')})`
}
