import type { Day } from '#platform/days.ts'
import { type Bindings, ofAmong } from './bindings.ts'
import { type DidAsked, type EventsAsked, placeTests, productTests } from './event-sql.ts'
import { describedTests } from './line-sql.ts'
import type { OfProducts } from './order-conditions.ts'

/** What several questions ask of each event, worked out once an event. */
export type SharedEvents = {
  /** Tests of a row, in columns that the rows carry: for what is gathered of some rows alone. */
  tests(asked: EventsAsked): string
  /** How many of a profile's events pass, over what is gathered of all; nothing where no bit is left. */
  count(asked: DidAsked): string | undefined
  /** The rows of behaviour that pass, by profile: a FROM part with `profile_id`, what is gathered, and the arrays that counts look at. */
  byProfile(where: string, zone: string, gathered: readonly string[]): string
}

// An event is one number: its day, what was done (four bits), and a bit for each thing that is asked of it beyond: of its products, its name, its
// shop. So one array a profile answers all counts. Thirty `countIf` in the place of that array took five times the processor time: each
// touches the row of its profile once more, and compares what these arrays compare in strides.

const dayBits = 16
const deedBits = 4
const bitsAt = dayBits + deedBits
/** Beyond so many bits events are gathered as 64-bit numbers; beyond all of those, counts are counted by themselves. */
const bits = { narrow: 32 - bitsAt, most: 64 - bitsAt }

export function sharedEvents(bindings: Bindings): SharedEvents {
  const deeds: string[] = []
  const asks = new Map<string, { described: boolean; sql: string }>()
  const dayOf = (day: Day) => bindings.bindOnce(`day ${day}`, () => day, 'Date')
  const deedOf = (kind: string) => {
    if (!deeds.includes(kind)) deeds.push(kind)
    return deeds.indexOf(kind) + 1
  }
  /** The bits of what is asked beyond kind and days; undefined where there are no more. */
  const bitsOf = (asked: EventsAsked): number[] | undefined => {
    const each = [...describedIn(asked, bindings), ...plainIn(asked, bindings)]
    const missing = each.filter(({ key }) => !asks.has(key))
    if (asks.size + missing.length > bits.most) return undefined
    for (const { key, described, sql } of missing) asks.set(key, { described, sql: sql() })
    return each.map(({ key }) => [...asks.keys()].indexOf(key))
  }
  let counted = false
  return {
    tests(asked) {
      const { kind, from, to } = asked
      return [
        `deed = ${deedOf(kind)}`,
        ...(from ? [`on_day >= ${dayOf(from)}`] : []),
        `on_day <= ${dayOf(to)}`,
        ...(bitsOf(asked)?.map((bit) => `bitTest(asked, ${bit})`) ?? [
          ...placeTests(asked, bindings),
          ...productTests(asked, bindings),
        ]),
      ].join(' AND ')
    },
    count(asked) {
      const own = bitsOf(asked)
      if (!own) return undefined
      counted = true
      const { kind, from, to } = asked
      const key = (days: number) => bindings.bind(deedOf(kind) * 2 ** dayBits + days, 'UInt32')
      const days = `k >= ${key(from ? numberOf(from) : 0)} AND k <= ${key(numberOf(to))}`
      if (own.length === 0) return `arrayCount(k -> ${days}, keys)`
      return `arrayCount((k, b) -> ${[days, ...own.map((bit) => `bitTest(b, ${bit})`)].join(' AND ')}, keys, bits)`
    },
    byProfile(where, zone, gathered) {
      const wide = asks.size > bits.narrow
      const code = `bitShiftLeft(toUInt${wide ? 64 : 32}(asked), ${bitsAt}) + deed * ${2 ** dayBits} + toUInt16(on_day)`
      const rows = `(SELECT *, ${[
        `toUInt32(transform(kind, ${bindings.bind(deeds, 'Array(String)')}, [${deeds.map((_, at) => at + 1).join(', ')}], 0)) AS deed`,
        `toDate(at, ${bindings.bind(zone, 'String')}) AS on_day`,
        `${askedSql([...asks.values()])} AS asked`,
      ].join(', ')} FROM behaviour WHERE ${where}${ofAmong(bindings)})`
      // Rows lie by profile in each part, so those of everybody are gathered as they are read: half the time of a table of arrays in
      // memory, and a tenth of its room. Of few people it costs a little more.
      const asTheyLie = bindings.among ? '' : ' SETTINGS optimize_aggregation_in_order = 1'
      const one = `(SELECT profile_id, ${[...(counted ? [`groupArray(toUInt${wide ? 64 : 32}(${code})) AS codes`] : []), ...gathered].join(', ')} FROM ${rows} GROUP BY profile_id${asTheyLie})`
      if (!counted) return one
      return `(SELECT *, arrayMap(c -> toUInt32(bitAnd(c, ${2 ** bitsAt - 1})), codes) AS keys, arrayMap(c -> ${wide ? 'toUInt64' : 'toUInt16'}(bitShiftRight(c, ${bitsAt})), codes) AS bits FROM ${one})`
    },
  }
}

/** A day as the columns number it, within what they hold. */
function numberOf(day: Day): number {
  return Math.min(Math.max(Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000), 0), 2 ** dayBits - 1)
}

type Ask = { key: string; described: boolean; sql: () => string }

/** What its products are: looked up by product. */
function describedIn({ categories, brandIds }: OfProducts, bindings: Bindings): Ask[] {
  if (!categories && !brandIds) return []
  const sql = () => describedTests({ categories, brandIds }, bindings).join(' AND ')
  return [{ key: JSON.stringify({ categories, brandIds }), described: true, sql }]
}

/** What can be seen at the row. */
function plainIn({ names, seenShopIds, productIds }: EventsAsked, bindings: Bindings): Ask[] {
  return [{ names }, { seenShopIds }, { productIds }].flatMap((one) => {
    const key = JSON.stringify(one)
    return key === '{}' ? [] : [{ key, described: false, sql: () => placeTests(one, bindings).join(' AND ') }]
  })
}

function askedSql(asks: readonly { described: boolean; sql: string }[]): string {
  const bit = (sql: string, at: number) => `bitShiftLeft(toUInt64(${sql}), ${at})`
  const of = (described: boolean) => asks.flatMap((one, at) => (one.described === described ? [bit(one.sql, at)] : []))
  const lookedUp = of(true)
  return (
    [...(lookedUp.length > 0 ? [describedSql(lookedUp.join(' + '))] : []), ...of(false)].join(' + ') || 'toUInt64(0)'
  )
}

function describedSql(sum: string): string {
  // The first pair keeps the lists from being empty; product 0 is unknown.
  const pairs = `(SELECT arrayConcat([(toUInt64(0), toUInt64(0))], arraySort(groupArray((id, fulfilled)))) FROM (SELECT id, ${sum} AS fulfilled FROM products FINAL WHERE id > 0) WHERE fulfilled > 0)`
  const of = (product: string) => `transform(${product}, ${pairs}.1, ${pairs}.2, toUInt64(0))`
  return `if(length(product_ids) < 2, ${of('product_ids[1]')}, arrayReduce('groupBitOr', arrayMap(p -> ${of('p')}, product_ids)))`
}
