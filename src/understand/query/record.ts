import type { Day } from '#platform/days.ts'
import { type Bindings, ofAmong } from './bindings.ts'
import type { Column, OwnTest, Primitive } from './primitive.ts'

/**
 * What the shop's people keep of people, in the columns' SQL: by profile there, made one a customer here, by the same rules as
 * know/tags and know/customers make it of the records. Nothing of it stands in the traits, so a tag given to a hundred thousand
 * writes no trait again.
 */

/** Whose profiles of a table are whose: profile_id, customer_id. */
const mapOf = (profiles: string, bindings?: Bindings) =>
  `(SELECT profile_id, customer_id FROM profile_customers FINAL WHERE profile_id IN (${profiles})${bindings ? ofAmong(bindings) : ''})`

/** Who has a tag on a day: what hands said last decides, else any other origin (know/tags/tag.ts). */
export function taggedPeople(family: readonly number[], on: Day, bindings: Bindings): string {
  const { bind } = bindings
  const ids = bind([...family], 'Array(UInt32)')
  const said = `SELECT profile_id, origin, state, at FROM profile_tags FINAL WHERE has(${ids}, tag_id) AND state <> 'gone' AND until >= ${bind(on, 'Date')}${ofAmong(bindings)}`
  return `SELECT m.customer_id FROM (${said}) AS t
 INNER JOIN ${mapOf(`SELECT profile_id FROM profile_tags WHERE has(${ids}, tag_id)`, bindings)} AS m ON m.profile_id = t.profile_id
 GROUP BY m.customer_id HAVING if(countIf(t.origin = 'hand') > 0, argMaxIf(t.state, (t.at, t.profile_id), t.origin = 'hand') = 'yes', 1)`
}

/** Who was picked by hand for one of some segments, or kept out of one, on a day: of a person's profiles the last word holds. */
export function pickedPeople(
  { segmentIds, out, on }: { segmentIds: readonly number[]; out: boolean; on: Day },
  bindings: Bindings,
): string {
  const { bind } = bindings
  const ids = bind([...segmentIds], 'Array(UInt32)')
  const said = `SELECT segment_id, profile_id, state, at FROM segment_picks FINAL WHERE has(${ids}, segment_id) AND state <> 'gone' AND until >= ${bind(on, 'Date')}${ofAmong(bindings)}`
  return `SELECT m.customer_id FROM (${said}) AS p
 INNER JOIN ${mapOf(`SELECT profile_id FROM segment_picks WHERE has(${ids}, segment_id)`, bindings)} AS m ON m.profile_id = p.profile_id
 GROUP BY m.customer_id, p.segment_id HAVING argMax(p.state, (p.at, p.profile_id)) = '${out ? 'out' : 'in'}'`
}

/** Who stands in one of some states: the last move of a person's profiles holds (know/states/state.ts). */
export function peopleInStates(among: readonly number[], bindings: Bindings): string {
  const ids = bindings.bind([...among], 'Array(UInt32)')
  const ever = `SELECT profile_id FROM state_moves WHERE 1${ofAmong(bindings)}`
  return `SELECT m.customer_id FROM (SELECT profile_id, id, to_id FROM state_moves FINAL WHERE 1${ofAmong(bindings)}) AS s
 INNER JOIN ${mapOf(ever, bindings)} AS m ON m.profile_id = s.profile_id
 GROUP BY m.customer_id HAVING has(${ids}, argMax(s.to_id, s.id))`
}

/** Who was in one of some snapshots of segments: whoever has one of their profiles now. */
export function peopleOfSnapshots(ids: readonly number[], bindings: Bindings): string {
  const these = bindings.bind([...ids], 'Array(UInt32)')
  const profiles = `SELECT arrayJoin(bitmapToArray(groupBitmapMergeState(members))) FROM segment_snapshots WHERE has(${these}, snapshot_id)`
  return `SELECT customer_id FROM ${mapOf(profiles, bindings)}`
}

/**
 * Where each person came from, of whom anything is said: customer_id, way_id (0: not known), on_day. Hands before imports before the
 * tracker, among equals the earliest (know/arrivals/arrival.ts).
 */
export const arrivalsByPerson = arrivalsOf()

function arrivalsOf(bindings?: Bindings): string {
  return `
SELECT m.customer_id AS customer_id, argMin((a.way_id, a.on_day), (a.rank, a.on_day, a.profile_id)) AS came,
       came.1 AS way_id, came.2 AS on_day
  FROM (SELECT * FROM arrivals FINAL WHERE gone = 0${bindings ? ofAmong(bindings) : ''}) AS a
 INNER JOIN ${mapOf('SELECT profile_id FROM arrivals', bindings)} AS m ON m.profile_id = a.profile_id
 GROUP BY m.customer_id`
}

/** Who came by some ways, in some days. */
export function peopleWhoCame(
  { among, from, to }: { among?: readonly number[]; from?: Day; to?: Day },
  bindings: Bindings,
): string {
  const { bind } = bindings
  const conditions = [
    ...(among ? [`has(${bind([...among], 'Array(UInt32)')}, way_id)`] : []),
    ...(from ? [`on_day >= ${bind(from, 'Date')}`] : []),
    ...(to ? [`on_day <= ${bind(to, 'Date')}`] : []),
  ]
  return `SELECT customer_id FROM (${bindings.among ? arrivalsOf(bindings) : arrivalsByPerson})${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`
}

/** A field; `sure`: what the person or staff said of it, who come before all others, so that it is what is shown. */
type Asked = { fieldId: number; sure?: true }
const ofTrust = ' AND rank <= 2'

/** Of whom something is said in an own field. */
export function peopleKnownBy({ fieldId, sure }: Asked, bindings: Bindings): string {
  const id = bindings.bind(fieldId, 'UInt32')
  return `SELECT customer_id FROM ${mapOf(`SELECT profile_id FROM own_values FINAL WHERE field_id = ${id} AND said = 1${sure ? ofTrust : ''}`, bindings)}`
}

/** Whose shown value of an own field passes: by trust of its origin, then the newest (know/customers/refresh.ts). */
export function peopleWith({ fieldId, sure }: Asked, test: OwnTest, bindings: Bindings): string {
  const id = bindings.bind(fieldId, 'UInt32')
  const shown = (column: string) =>
    `argMin(v.${column}, (v.rank, -toUnixTimestamp64Milli(v.at), -toInt64(v.profile_id)))`
  return `SELECT m.customer_id FROM (SELECT * FROM own_values FINAL WHERE field_id = ${id} AND said = 1${sure ? ofTrust : ''}${ofAmong(bindings)}) AS v
 INNER JOIN ${mapOf(`SELECT profile_id FROM own_values WHERE field_id = ${id}`, bindings)} AS m ON m.profile_id = v.profile_id
 GROUP BY m.customer_id HAVING ${passes(test, shown, bindings)}`
}

function passes(test: OwnTest, shown: (column: string) => string, { bind }: Bindings): string {
  switch (test.by) {
    case 'choices':
      return `hasAny(${shown('choices')}, ${bind(test.among, 'Array(UInt32)')})`
    case 'text':
      return `has(${bind(test.among, 'Array(String)')}, ${shown('text')})`
    case 'number':
      return ends(shown('number'), test, (value) => bind(value, 'Float64'))
    case 'day':
      return ends(shown('day'), test, (value) => bind(value, 'Date'))
  }
}

function ends<T>(expression: string, { from, to }: { from?: T; to?: T }, bound: (value: T) => string): string {
  return [
    ...(from === undefined ? [] : [`${expression} >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`${expression} <= ${bound(to)}`]),
  ].join(' AND ')
}

/** A FROM part with the days of the last talk and the next beside each person; null for whom there is none. */
export function withTalks(source: string): string {
  return `(
  SELECT p.*, k.last_talked AS last_talked, k.next_talk AS next_talk
    FROM (SELECT * FROM ${source}) AS p
    LEFT JOIN (SELECT m.customer_id AS customer_id, maxOrNull(t.last_on) AS last_talked, minOrNull(t.next_on) AS next_talk
                 FROM (SELECT profile_id, last_on, next_on FROM profile_talks FINAL) AS t
                INNER JOIN ${mapOf('SELECT profile_id FROM profile_talks')} AS m ON m.profile_id = t.profile_id
                GROUP BY m.customer_id) AS k ON k.customer_id = p.customer_id)`
}

export function isOfTalks(column: Column): boolean {
  return column === 'last_talked' || column === 'next_talk'
}

/** Whether a condition reads the days of talks. */
export function asksOfTalks(tree: Primitive): boolean {
  if (tree.is === 'and' || tree.is === 'or') return tree.of.some(asksOfTalks)
  if (tree.is === 'not') return asksOfTalks(tree.of)
  return 'column' in tree && isOfTalks(tree.column as Column)
}
