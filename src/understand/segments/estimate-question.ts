import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  answered,
  asksOfTraitsAlone,
  compileSample,
  countCustomers,
  type Plan,
  rowsOf,
  sampleOf,
} from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import { marginOf, type Seen } from './margin.ts'
import { type Tally, tallyPlan } from './tally-question.ts'

/** So many are looked at: where neighbours are not alike, what half of all fulfil is told to 1.1 % of all, in nineteen of twenty cases. */
const looked = 8_192

/** Up to so many customers a question that the traits answer is asked of all at once. */
const fewForTraits = 2_000_000

/** A tally of some, told of all: how many are found lies between `least` and `most`, nineteen times out of twenty. Exact where all were asked. */
export type Estimate = Tally & { least: number; most: number; exact: boolean; oneIn: number }

/**
 * About how many a question finds, from a sample that is the same for every question (query/sample.ts): an answer while somebody is still
 * writing. Where all can be asked in the same time, all are.
 */
export async function estimateQuestion(ctx: Context, question: Condition, signal?: AbortSignal): Promise<Estimate> {
  const plan = await planFor(ctx, { where: question })
  const customers = await everybody(ctx, plan)
  const oneIn = Math.floor(customers / looked)
  if (oneIn < 2 || (asksOfTraitsAlone(plan.where) && customers <= fewForTraits)) {
    const all = await tallyPlan(ctx, plan, signal)
    return { ...all, least: all.matched, most: all.matched, exact: true, oneIn: 1 }
  }
  const seen = await rowsOf<Seen & { unknown: number }>(ctx, compileSample(plan, await sampleOf(ctx, oneIn)), signal)
  const asked = sumOf(seen, 'customers')
  const toAll = (count: number) => Math.round((count / Math.max(1, asked)) * customers)
  return {
    customers,
    matched: toAll(sumOf(seen, 'matched')),
    unknown: toAll(sumOf(seen, 'unknown')),
    ...marginOf(seen, customers),
    exact: false,
    oneIn,
  }
}

function everybody(ctx: Context, plan: Plan): Promise<number> {
  return answered(ctx, `segments.everybody ${JSON.stringify(plan.lens)}`, () =>
    countCustomers(ctx, { ...plan, where: { is: 'yes' } }),
  )
}

function sumOf<K extends string>(rows: readonly Record<K, number>[], column: K): number {
  return rows.reduce((all, row) => all + row[column], 0)
}
