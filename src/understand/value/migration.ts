import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { bindings, compileCondition, type Looks, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import type { Migration, Rulers } from './contract.ts'
import { rulersOf } from './rulers.ts'
import { planFor } from './yardstick-for.ts'

/** What somebody can be on a day: of a class, or nobody who had bought. */
export const standings = ['retain', 'develop', 'loyal', 'ordinary', 'never'] as const

/**
 * Who moved from which value class to which between two days, by the cut points of each day. A class of a past day is two ends of what
 * had been bought by then, so every number has the question that opens its people; one reading of the traits counts all.
 * @throws Refusal `metrics.days_reversed`
 */
export async function migrationOf(ctx: Context, { since, ...looks }: Looks & { since?: Day } = {}): Promise<Migration> {
  const lens = await lensOf(ctx, looks)
  const from = since ?? addDays(lens.asOf, -90)
  if (from >= lens.asOf) throw new Refusal('invalid', 'metrics.days_reversed', { from, to: lens.asOf })
  const [then, now] = await Promise.all([
    lensOf(ctx, { ...looks, asOf: from }).then((one) => rulersOf(ctx, one)),
    rulersOf(ctx, lens),
  ])
  const days = { from, to: lens.asOf }
  // Too few buyers to cut into classes.
  if (then.groups === 0 || now.groups === 0) return { ...days, moves: [] }
  const was = standings.map((one) => standingOn(one, from, then))
  const is = standings.map((one) => standingOn(one, lens.asOf, now))
  const plans = await Promise.all([...was, ...is].map((where) => planFor(ctx, { ...looks, where })))
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const placeOf = (some: typeof plans) =>
    `multiIf(${some.map(({ where, yardstick }, at) => `${compileCondition(where, yardstick, bound)}, ${at}`).join(', ')}, ${standings.length - 1})`
  const [before, after] = [placeOf(plans.slice(0, standings.length)), placeOf(plans.slice(standings.length))]
  const rows = await rowsOf<{ was: number; now: number; customers: number }>(ctx, {
    sql: `SELECT ${before} AS was, ${after} AS now, count() AS customers FROM ${source} GROUP BY was, now ORDER BY was, now`,
    params: bound.params,
  })
  return {
    ...days,
    moves: rows.map((row) => ({
      from: standings[row.was]!,
      to: standings[row.now]!,
      customers: row.customers,
      people: { is: 'and', of: [was[row.was]!, is[row.now]!] },
    })),
  }
}

/** Who was of a class on a day, by what had been bought up to it. */
function standingOn(standing: (typeof standings)[number], to: Day, { frequency, monetary, high }: Rulers): Condition {
  const [seldom, little] = [frequency[high - 2]!, monetary[high - 2]!]
  const bought = (ends: { atLeast?: number; atMost?: number }): Condition => ({
    is: 'orders',
    of: 'count',
    to,
    ...ends,
  })
  const spent = (ends: { atLeast?: number; atMost?: number }): Condition => ({ is: 'orders', of: 'spent', to, ...ends })
  const both = (one: Condition, other: Condition): Condition => ({ is: 'and', of: [one, other] })
  switch (standing) {
    case 'retain':
      return both(bought({ atLeast: seldom + 1 }), spent({ atLeast: little + 1 }))
    case 'develop':
      return both(bought({ atLeast: 1, atMost: seldom }), spent({ atLeast: little + 1 }))
    case 'loyal':
      return both(bought({ atLeast: seldom + 1 }), spent({ atMost: little }))
    case 'ordinary':
      return both(bought({ atLeast: 1, atMost: seldom }), spent({ atMost: little }))
    case 'never':
      return bought({ atMost: 0 })
  }
}
