import type { Day } from '#platform/days.ts'
import type { EventKind } from './behaviour-conditions.ts'
import type { Bindings } from './bindings.ts'
import { describedTests } from './line-sql.ts'
import type { OfProducts } from './order-conditions.ts'

/** What several questions ask of each event, worked out once an event. */
export type SharedEvents = {
  /** Tests of kind and days, in columns that the rows carry. */
  tests(asked: { kind: EventKind; from?: Day; to: Day }): string[]
  /** A test of what its products are; none where nothing is asked of that, or no bit is left. */
  about(products: OfProducts): string | undefined
  /** A FROM part of the rows of behaviour that pass, with those columns. */
  rows(where: string, zone: string): string
}

const bits = 63

/**
 * Of each event its kind and its day in the zone as small numbers, and a number with a bit for each description that one of its products
 * fulfils, looked up by product. Thirty questions that compare instants and words, and look at all products for each description, took
 * several times as long.
 */
export function sharedEvents(bindings: Bindings): SharedEvents {
  const kinds: EventKind[] = []
  const described = new Map<string, string>()
  const dayOf = (day: Day) => bindings.bindOnce(`day ${day}`, () => day, 'Date')
  return {
    tests({ kind, from, to }) {
      if (!kinds.includes(kind)) kinds.push(kind)
      return [
        `deed = ${kinds.indexOf(kind) + 1}`,
        ...(from ? [`on_day >= ${dayOf(from)}`] : []),
        `on_day <= ${dayOf(to)}`,
      ]
    },
    about({ categories, brandIds }) {
      if (!categories && !brandIds) return undefined
      const key = JSON.stringify({ categories, brandIds })
      if (!described.has(key)) {
        if (described.size === bits) return undefined
        described.set(key, describedTests({ categories, brandIds }, bindings).join(' AND '))
      }
      return `bitTest(described, ${[...described.keys()].indexOf(key)})`
    },
    rows(where, zone) {
      const columns = [
        `toUInt8(transform(kind, ${bindings.bind(kinds, 'Array(String)')}, [${kinds.map((_, at) => at + 1).join(', ')}], 0)) AS deed`,
        `toDate(at, ${bindings.bind(zone, 'String')}) AS on_day`,
        ...(described.size > 0 ? [`${describedSql([...described.values()])} AS described`] : []),
      ]
      return `(SELECT *, ${columns.join(', ')} FROM behaviour WHERE ${where})`
    },
  }
}

function describedSql(tests: readonly string[]): string {
  const sum = tests.map((test, bit) => `bitShiftLeft(toUInt64(${test}), ${bit})`).join(' + ')
  // The first pair keeps the lists from being empty; product 0 is unknown.
  const pairs = `(SELECT arrayConcat([(toUInt64(0), toUInt64(0))], arraySort(groupArray((id, fulfilled)))) FROM (SELECT id, ${sum} AS fulfilled FROM products FINAL WHERE id > 0) WHERE fulfilled > 0)`
  const of = (product: string) => `transform(${product}, ${pairs}.1, ${pairs}.2, toUInt64(0))`
  return `if(length(product_ids) < 2, ${of('product_ids[1]')}, arrayReduce('groupBitOr', arrayMap(p -> ${of('p')}, product_ids)))`
}
