import type { Day } from '#platform/days.ts'
import type { SequenceStep } from './behaviour-conditions.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { type Asked, behaviourOf, purchaseTests } from './event-sql.ts'

export type SequenceAsked = Asked & {
  steps: SequenceStep[]
  /** The day of the question: later steps may come up to it, and what must not come could have until it is over. */
  on: Day
}

/**
 * Who did one thing after another, as a condition of customer_id: the moments of all steps gathered by customer and sorted, then gone
 * through once a step. Any moment of a step may be the one that is followed.
 */
export function sequenceSql({ steps, on, ...asked }: SequenceAsked, bindings: Bindings): string {
  const moments = steps.map((step, index) => {
    const days = index === 0 ? asked : { ...asked, to: on }
    return momentsOf({ ...step, ...days }, index, bindings)
  })
  return `(customer_id IN (SELECT customer_id FROM (
  SELECT m.customer_id AS customer_id, arraySort(groupArray(e.moment)) AS moments
    FROM (${moments.join('\n    UNION ALL ')}) AS e
   INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = e.profile_id GROUP BY m.customer_id)
 WHERE ${followsSql(steps, bindings.bind(on, 'Date'), 'moments', bindings)}))`
}

function momentsOf({ did, ...asked }: Asked & SequenceStep, step: number, bindings: Bindings): string {
  const rows =
    did === 'bought'
      ? `SELECT profile_id, ${orderMoment} AS bare FROM orders FINAL WHERE ${purchaseTests(asked, bindings)}${ofAmong(bindings)}`
      : `SELECT profile_id, ${eventMoment(asked.zone, bindings)} AS bare FROM ${behaviourOf({ ...asked, kind: did }, bindings)}`
  return `SELECT profile_id, ${momentOfStep('bare', step)} AS moment FROM (${rows})`
}

// A moment is one number, so that arrays of them are gathered and sorted as such (as tuples: four times the processor time): from the low
// end its day in the shop's zone, three bits for a step, its milliseconds. Of moments at the same instant those of later steps come first, so
// none follows itself. Up to the year 2500; the day by its own bits, as dividing each moment by the length of a day took half of all looking.

const dayBits = 16
const stepBits = 3

const momentOf = (instant: string, day: string) =>
  `toUnixTimestamp64Milli(${instant}) * ${2 ** (dayBits + stepBits)} + toUInt16(${day})`

/** The moment of a row of behaviour, of its instant and day in the zone. */
export const eventMoment = (zone: string, { bind }: Bindings) => momentOf('at', `toDate(at, ${bind(zone, 'String')})`)

/** The moment of a row of orders. */
export const orderMoment = momentOf('placed_at', 'day')

const place = (step: number) => (7 - step) * 2 ** dayBits

const momentOfStep = (moment: string, step: number) => `${moment} + ${place(step)}`

const isOfStep = (moment: string, step: number) => `bitAnd(${moment}, ${place(0)}) = ${place(step)}`

const dayOf = (moment: string) => `toUInt16(${moment})`

/** Of an array of bare moments those of some days, both ends included; all of them where neither is told. */
export function momentsWithin(array: string, { from, to }: { from?: Day; to?: Day }, { bindOnce }: Bindings): string {
  const bound = (one: Day) => `toUInt16(${bindOnce(`day ${one}`, () => one, 'Date')})`
  const tests = [...(from ? [`${dayOf('b')} >= ${bound(from)}`] : []), ...(to ? [`${dayOf('b')} <= ${bound(to)}`] : [])]
  return tests.length > 0 ? `arrayFilter(b -> ${tests.join(' AND ')}, ${array})` : array
}

/** The moments of all steps, sorted, of an array of bare moments for each. */
export function momentsOfSteps(arrays: readonly string[]): string {
  const each = arrays.map((array, step) => `arrayMap(b -> ${momentOfStep('b', step)}, ${array})`)
  return `arraySort(arrayConcat(${each.join(', ')}))`
}

/**
 * Whether the steps came one after another, in sorted moments of steps. From the last to the first: of each step those stay that are
 * followed in time, the rest become 0; the nearest of those that stayed is the one that counts. So each moment is looked at once a step,
 * not once for every other.
 */
export function followsSql(steps: readonly SequenceStep[], today: string, moments: string, { bind }: Bindings): string {
  const from = (step: number): string => {
    if (step === steps.length - 1) return `arrayMap(t -> if(${isOfStep('t', step)}, t, 0), ${moments})`
    const { within, not } = steps[step + 1]!
    const ends = within === undefined ? undefined : `${dayOf('t')} + ${bind(within, 'Int32')}`
    const soon = ['n <> 0', ...(ends ? [`${dayOf('n')} <= ${ends}`] : [])].join(' AND ')
    const over = ends ? `${ends} < toInt32(${today}) AND ` : ''
    const stays = `${isOfStep('t', step)} AND ${not ? `${over}NOT (${soon})` : soon}`
    return `arrayMap((t, n) -> if(${stays}, t, 0), ${moments}, arrayReverseFill(n -> n <> 0, ${from(step + 1)}))`
  }
  return `arrayExists(t -> t <> 0, ${from(0)})`
}
