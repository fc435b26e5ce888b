import { addDays, type Day } from '#platform/days.ts'
import { eventKinds } from './behaviour-conditions.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { instantText } from './event-sql.ts'
import type { PathCondition, PathPlace } from './path-condition.ts'

export type PathAsked = Pick<PathCondition, 'start' | 'back' | 'by'> & {
  zone: string
  from: Day
  to: Day
  /** Where it happened, and where one sees. */
  shopIds?: number[]
  seenShopIds?: number[]
}

/** Without an event for so long, a visit is over. */
const visitGap = 30 * 60_000

/** In the order in which what was told for one instant came: a page is open before its product is seen, a purchase ends a checkout. */
const pathKinds = ['page', ...eventKinds.filter((kind) => kind !== 'page'), 'bought'] as const

/**
 * The ways of each customer, as a FROM part: `customer_id`, and `ways`, an array of (beginning of the visit in milliseconds, steps). A step is
 * a label (see `labelOf`); the last is the one that says that nothing came, where the way is shorter than `most`.
 *
 * One number an event where kinds alone are told apart: its milliseconds, and its kind in the lowest byte, so that a quarter of a year of ten
 * million events is put in order in little room. Half an hour before the first day tells which visits began before it.
 */
export function waysSql(asked: PathAsked, most: number, bindings: Bindings): string {
  const { bind } = bindings
  const { by, start, back } = asked
  const at = (event: string) => `intDiv(${by ? `${event}.1` : event}, 256)`
  const label = by ? "concat(leftPad(toString(bitAnd(e.1, 255)), 2, '0'), e.2)" : 'toUInt8(bitAnd(e, 255))'
  const from = bind(millisOf(asked), 'UInt64')
  const longest = bind(most, 'UInt8')
  const way = (rest: string) => `arraySlice(arrayPushBack(${rest}, ${nothing(by)}), 1, ${longest})`
  const visits = `(
    SELECT customer_id, arrayMap(v -> (${at('v[1]')}, arrayCompact(arrayMap(e -> ${label}, v))),
             arrayFilter(v -> ${at('v[1]')} >= ${from}, arraySplit((e, apart) -> apart >= ${bind(visitGap, 'Int64')}, events, arrayDifference(arrayMap(e -> ${at('e')}, events))))) AS visits
      FROM (
        SELECT m.customer_id AS customer_id, arraySort(groupArrayArray(e.events)) AS events
          FROM (SELECT profile_id, groupArray(event) AS events FROM (${eventsOf(asked, bindings)}) GROUP BY profile_id) AS e
         INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = e.profile_id GROUP BY m.customer_id))`
  if (start === 'arrival') {
    return `(
  SELECT customer_id, arrayMap(w -> (w.1, ${way('w.2')}), visits) AS ways FROM ${visits})`
  }
  const begins = by ? `startsWith(c, ${bind(codeOf(start, true), 'String')})` : `c = ${bind(codeOf(start), 'UInt8')}`
  const rest = back ? 'arrayReverse(arraySlice(w.2, 1, w.3 - 1))' : 'arraySlice(w.2, w.3 + 1)'
  return `(
  SELECT customer_id, arrayMap(w -> (w.1, ${way(rest)}),
           arrayFilter(w -> w.3 > 0, arrayMap(w -> (w.1, w.2, arrayFirstIndex(c -> ${begins}, w.2)), visits))) AS ways FROM ${visits})`
}

/** Who went a way, as a condition of customer_id. */
export function pathSql({ steps, ...asked }: PathAsked & Pick<PathCondition, 'steps'>, bindings: Bindings): string {
  const { by } = asked
  const tests = steps.map(({ in: among, out }, at) => {
    const one = `w.2[${at + 1}]`
    const list = among ?? out
    if (!list) return `${one} <> ${nothing(by)}`
    const labels = labelsOf(list, by, bindings)
    return among ? `has(${labels}, ${one})` : `(${one} <> ${nothing(by)} AND NOT has(${labels}, ${one}))`
  })
  const went = [`length(w.2) >= ${steps.length}`, ...tests].join(' AND ')
  return `(customer_id IN (SELECT customer_id FROM ${waysSql(asked, Math.max(steps.length, 1), bindings)} WHERE arrayExists(w -> ${went}, ways)))`
}

/** The label that says that nothing came. */
export const nothing = (by: PathAsked['by']) => (by ? "'00'" : '0')

/** Places of the tree as a bound list of labels. */
export function labelsOf(places: readonly PathPlace[], by: PathAsked['by'], { bind }: Bindings): string {
  return by
    ? bind(
        places.map((one) => labelOf(one, by) as string),
        'Array(String)',
      )
    : bind(
        places.map((one) => labelOf(one) as number),
        'Array(UInt8)',
      )
}

/** What stands for a place in the columns: the number of its kind, or, told apart further, two digits and what it was of. */
export function labelOf({ did, category, productId, page }: PathPlace, by?: PathAsked['by']): number | string {
  const code = codeOf(did, by !== undefined)
  return by ? `${code}${category ?? productId ?? page ?? ''}` : code
}

/** The place that a label, as text, stands for. */
export function placeOf(label: string, by?: PathAsked['by']): PathPlace {
  const [code, of] = by ? [Number(label.slice(0, 2)), label.slice(2)] : [Number(label), '']
  const did = code === 0 ? 'nothing' : pathKinds[code - 1]!
  if (of === '') return { did }
  return by === 'product' ? { did, productId: Number(of) } : by === 'page' ? { did, page: of } : { did, category: of }
}

function codeOf(did: PathPlace['did'], asText: true): string
function codeOf(did: PathPlace['did']): number
function codeOf(did: PathPlace['did'], asText: boolean): number | string
function codeOf(did: PathPlace['did'], asText = false): number | string {
  const code = did === 'nothing' ? 0 : pathKinds.indexOf(did) + 1
  return asText ? String(code).padStart(2, '0') : code
}

/** When the first day begins. */
export function millisOf({ zone, from }: Pick<PathAsked, 'zone' | 'from'>): number {
  return Date.parse(`${instantText(zone, from).replace(' ', 'T')}Z`)
}

function eventsOf(asked: PathAsked, bindings: Bindings): string {
  const { bind } = bindings
  const { zone, to, by, shopIds, seenShopIds } = asked
  const before = new Date(millisOf(asked) - visitGap).toISOString().replace('T', ' ').replace('Z', '')
  const kinds = bind([...pathKinds], 'Array(String)')
  const tests = (column: string) =>
    [
      `${column} >= ${bind(before, 'DateTime64(3)')}`,
      `${column} < ${bind(instantText(zone, addDays(to, 1)), 'DateTime64(3)')}`,
      ...[shopIds, seenShopIds].flatMap((ids) => (ids ? [`has(${bind(ids, 'Array(UInt32)')}, shop_id)`] : [])),
    ].join(' AND ')
  const event = (at: string, code: string, of: string) => {
    const packed = `toUInt64(toUnixTimestamp64Milli(${at})) * 256 + ${code}`
    return `SELECT profile_id, ${by ? `(${packed}, ${of})` : packed} AS event`
  }
  const deeds = (columns: string) =>
    `SELECT ${columns} FROM behaviour WHERE has(${kinds}, kind) AND ${tests('at')}${ofAmong(bindings)}`
  const sources = {
    page: { of: "if(kind = 'page', path, '')", from: deeds('profile_id, at, kind, path') },
    product: {
      of: "if(product_id = 0, '', toString(product_id))",
      from: deeds('profile_id, at, kind, product_ids[1] AS product_id'),
    },
    category: {
      of: "ifNull(p.category, '')",
      from: `${deeds('profile_id, at, kind, product_ids[1] AS product_id')}) AS b LEFT JOIN (SELECT id, category FROM products FINAL) AS p ON (p.id = b.product_id`,
    },
  }
  const { of, from } = by ? sources[by] : { of: '', from: deeds('profile_id, at, kind') }
  return `${event('at', `indexOf(${kinds}, kind)`, of)} FROM (${from})
           UNION ALL ${event('placed_at', String(pathKinds.length), "''")} FROM orders FINAL WHERE kind = 'sale' AND status <> 'void' AND ${tests('placed_at')}${ofAmong(bindings)}`
}
