import type { Context } from '#platform/context.ts'
import { numberFrom } from '#understand/metrics/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileTally, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { Funnel, FunnelAnswer } from './contract.ts'

/** A funnel, each step counted by the question that opens its people: one reading of the traits, one of behaviour a step. */
export async function runFunnel(ctx: Context, funnel: Funnel, signal?: AbortSignal): Promise<FunnelAnswer> {
  const questions = funnel.steps.map((_, at) => reachedBy(funnel, at))
  const plans = await Promise.all(questions.map((where) => planFor(ctx, { where })))
  const { lens, yardstick } = plans[0]!
  const conditions = plans.map(({ where }) => where)
  const [found] = await rowsOf<{ yes: number[] }>(ctx, compileTally({ lens, yardstick, conditions }), signal)
  const reached = found?.yes ?? []
  return {
    asOf: lens.asOf,
    steps: funnel.steps.map(({ did }, at) => {
      const counted = { reached: reached[at] ?? 0, reachedBefore: reached[at - 1], entered: reached[0] ?? 0 }
      const next = questions[at + 1]
      return {
        did,
        reached: counted.reached,
        stepRate: at === 0 ? null : numberFrom('stepRate', counted),
        wholeRate: at === 0 ? null : numberFrom('wholeRate', counted),
        people: questions[at]!,
        stayed: next ? counted.reached - (reached[at + 1] ?? 0) : null,
        stayedPeople: next ? { is: 'and', of: [questions[at]!, { is: 'not', of: next }] } : null,
      }
    }),
  }
}

/** Who came as far as a step. Whoever came further came so far, so the numbers can only fall. */
function reachedBy({ steps, days, where }: Funnel, at: number): Condition {
  const [first, ...later] = steps.slice(0, at + 1)
  const { did, productIds, categories } = first!
  const products = { ...(productIds ? { productIds } : {}), ...(categories ? { categories } : {}) }
  const came: Condition =
    later.length > 0
      ? { is: 'sequence', steps: [first!, ...later], days }
      : did === 'bought'
        ? { is: 'orders', of: 'count', days, atLeast: 1, ...products }
        : { is: 'did', kind: did, days, ...products }
  return where.is === 'everyone' ? came : { is: 'and', of: [where, came] }
}
