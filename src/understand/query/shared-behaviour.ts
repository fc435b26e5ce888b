import { addDays, type Day } from '#platform/days.ts'
import type { SequenceStep } from './behaviour-conditions.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { type DidAsked, instantText, purchaseTests } from './event-sql.ts'
import type { Primitive } from './primitive.ts'
import { rangeSql } from './range-sql.ts'
import {
  eventMoment,
  followsSql,
  momentsOfSteps,
  momentsWithin,
  orderMoment,
  type SequenceAsked,
} from './sequence-sql.ts'
import { type SharedEvents, sharedEvents } from './shared-events.ts'

/** What several conditions ask of behaviour, answered beside a source by one reading for all. */
export type SharedBehaviour = {
  /** The source with a column for each answer. */
  source: string
  /** The answer of a condition, where it is one of these. */
  given(condition: Primitive): string | undefined
}

/** Columns that are counted or gathered by profile, each different one once. `gathered`: from rows, where `sql` is not over what is gathered for all. */
type Column = { name: string; sql: string; gathered?: string; kind?: string; from?: string; to?: string; zone: string }

/**
 * Many segments ask of the same events: read one by one, fifty segments read them fifty times. Here each event is read once, and put
 * to all that ask about it; so are the purchases that sequences ask about. By profile before the map, as everywhere.
 */
export function shareBehaviour(source: string, conditions: readonly Primitive[], bindings: Bindings): SharedBehaviour {
  const counts = new Map<string, Column>()
  const moments = new Map<string, Column>()
  const bought = new Map<string, Column>()
  const sequences = new Map<string, string>()
  const events = sharedEvents(bindings)
  const once = (columns: Map<string, Column>, prefix: string, key: unknown, make: () => Omit<Column, 'name'>) => {
    const text = JSON.stringify(key)
    const known = columns.get(text) ?? { name: `${prefix}${columns.size}`, ...make() }
    columns.set(text, known)
    return known.name
  }
  const countOf = ({ least: _least, most: _most, ...asked }: DidAsked) =>
    once(counts, 'd', asked, () => {
      const place = `g${counts.size}`
      const sql = events.count(asked)
      return {
        sql: sql ?? place,
        gathered: sql ? undefined : `countIf(${events.tests(asked)}) AS ${place}`,
        kind: asked.kind,
        ...{ from: asked.from, to: asked.to, zone: asked.zone },
      }
    })
  const asks = conditions.flatMap(behaviourIn)
  const widest = widestDays(asks)
  const gathered = ({ did, not: _not, within: _within, ...products }: SequenceStep, days: Days) => {
    const { from, to, ...where } = days
    const key = { did, ...products, ...where }
    const wide = widest.get(JSON.stringify(key))!
    const asked = { ...products, ...where, ...wide }
    const column = () => ({ kind: did === 'bought' ? undefined : did, ...wide, zone: days.zone })
    const name =
      did === 'bought'
        ? once(bought, 'b', key, () => ({
            sql: `groupArrayIf(${orderMoment}, ${purchaseTests(asked, bindings)})`,
            ...column(),
          }))
        : once(moments, 'm', key, () => {
            const place = `a${moments.size}`
            const tests = events.tests({ ...asked, kind: did })
            return {
              sql: place,
              gathered: `groupArrayIf(${eventMoment(days.zone, bindings)}, ${tests}) AS ${place}`,
              ...column(),
            }
          })
    return momentsWithin(
      name,
      { from: from === wide.from ? undefined : from, to: to === wide.to ? undefined : to },
      bindings,
    )
  }
  const sequenceOf = (asked: SequenceAsked) => {
    const { steps, on } = asked
    const arrays = steps.map((step, index) => gathered(step, daysOf(asked, index)))
    const today = bindings.bindOnce(`day ${on}`, () => on, 'Date')
    const text = JSON.stringify(asked)
    const known =
      sequences.get(text) ??
      `toUInt8(${followsSql(steps, today, momentsOfSteps(arrays), bindings)}) AS q${sequences.size}`
    sequences.set(text, known)
  }
  for (const { asked, is } of asks) {
    if (is === 'did') countOf(asked)
    else sequenceOf(asked)
  }
  if (counts.size + sequences.size === 0) return { source, given: () => undefined }
  return {
    source: beside(
      source,
      {
        counts: [...counts.values()],
        moments: [...moments.values()],
        bought: [...bought.values()],
        sequences: [...sequences.values()],
        events,
      },
      bindings,
    ),
    given(condition) {
      if (condition.is === 'did') {
        const { least = condition.asked.most === undefined ? 1 : undefined, most } = condition.asked
        return rangeSql(countOf(condition.asked), { from: least, to: most }, (value) => bindings.bind(value, 'Int64'))
      }
      if (condition.is !== 'sequence') return undefined
      return `(q${[...sequences.keys()].indexOf(JSON.stringify(condition.asked))} = 1)`
    },
  }
}

type Days = Omit<SequenceAsked, 'steps' | 'on'>

/** The days of a step: the first lies in the days that are asked about, those after it may come up to the day of the question. */
function daysOf({ steps: _, on, ...days }: SequenceAsked, index: number): Days {
  return index === 0 ? days : { ...days, to: on }
}

/**
 * Of what is gathered for several sequences, the days that hold all of theirs: gathered once, and of each sequence only its own days are
 * looked at. Gathered by window, a view of today was kept four times for windows of 30, 60, 90 and 180 days.
 */
function widestDays(asks: readonly Behaviour[]): Map<string, { from?: Day; to: Day }> {
  const widest = new Map<string, { from?: Day; to: Day }>()
  for (const one of asks) {
    if (one.is !== 'sequence') continue
    for (const [index, { did, not: _not, within: _within, ...products }] of one.asked.steps.entries()) {
      const { from, to, ...where } = daysOf(one.asked, index)
      const key = JSON.stringify({ did, ...products, ...where })
      const known = widest.get(key)
      widest.set(
        key,
        known
          ? { from: from && known.from && [from, known.from].sort()[0], to: [to, known.to].sort()[1]! }
          : { from, to },
      )
    }
  }
  return widest
}

type Behaviour = Extract<Primitive, { is: 'did' | 'sequence' }>

function behaviourIn(tree: Primitive): Behaviour[] {
  if (tree.is === 'and' || tree.is === 'or') return tree.of.flatMap(behaviourIn)
  if (tree.is === 'not') return behaviourIn(tree.of)
  return tree.is === 'did' || tree.is === 'sequence' ? [tree] : []
}

type Parts = {
  counts: Column[]
  moments: Column[]
  bought: Column[]
  sequences: string[]
  events: SharedEvents
}

/** Who did nothing has no row beside: zeros and empty arrays, so that nothing is unknown. */
function beside(source: string, { counts, moments, bought, sequences, events }: Parts, bindings: Bindings): string {
  const none = "CAST([], 'Array(Int64)')"
  const columns = (mine: readonly Column[][], all: readonly { of: Column[]; empty: string }[]) =>
    all
      .flatMap(({ of, empty }) => of.map(({ name, sql }) => `${mine.includes(of) ? sql : empty} AS ${name}`))
      .join(', ')
  const all = [
    { of: counts, empty: 'toUInt64(0)' },
    { of: moments, empty: none },
    { of: bought, empty: none },
  ]
  const readings = [
    ...(counts.length + moments.length > 0
      ? [
          `SELECT profile_id, ${columns([counts, moments], all)} FROM ${events.byProfile(
            eventsOf([...counts, ...moments], bindings),
            [...counts, ...moments][0]!.zone,
            [...counts, ...moments].flatMap(({ gathered }) => gathered ?? []),
          )}`,
        ]
      : []),
    ...(bought.length > 0
      ? [
          `SELECT profile_id, ${columns([bought], all)} FROM orders FINAL WHERE kind = 'sale' AND status <> 'void'${sinceOf(bought, bindings)}${ofAmong(bindings)} GROUP BY profile_id`,
        ]
      : []),
  ]
  const together = [
    ...counts.map(({ name }) => `sum(e.${name}) AS ${name}`),
    ...[...moments, ...bought].map(({ name }) => `groupArrayArray(e.${name}) AS ${name}`),
  ]
  const answers = [...counts.map(({ name }) => name), ...sequences]
  return `(
  SELECT p.*, ${[...counts.map(({ name }) => `toInt64(a.${name}) AS ${name}`), ...sequences.map((_, at) => `a.q${at} AS q${at}`)].join(', ')}
    FROM (SELECT * FROM ${source}) AS p
    LEFT JOIN (
      SELECT person, ${answers.join(', ')} FROM (
        SELECT m.customer_id AS person, ${together.join(', ')}
          FROM (${readings.join('\n UNION ALL ')}) AS e
         INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = e.profile_id
         GROUP BY m.customer_id)) AS a ON a.person = p.customer_id)`
}

/** The kinds and the days that anybody asks about. */
function eventsOf(columns: readonly Column[], { bind }: Bindings): string {
  const kinds = [...new Set(columns.flatMap(({ kind }) => kind ?? []))]
  const first = columns.every(({ from }) => from) ? columns.map(({ from }) => from!).sort()[0] : undefined
  const last = columns
    .map(({ to }) => to!)
    .sort()
    .at(-1)!
  const zone = columns[0]!.zone
  return [
    `kind IN ${bind(kinds, 'Array(String)')}`,
    ...(first ? [`at >= ${bind(instantText(zone, first), 'DateTime64(3)')}`] : []),
    `at < ${bind(instantText(zone, addDays(last, 1)), 'DateTime64(3)')}`,
  ].join(' AND ')
}

function sinceOf(columns: readonly Column[], { bind }: Bindings): string {
  const first = columns.every(({ from }) => from) ? columns.map(({ from }) => from!).sort()[0] : undefined
  return first ? ` AND day >= ${bind(first, 'Date')}` : ''
}
