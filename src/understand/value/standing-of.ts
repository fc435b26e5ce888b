import type { z } from 'zod'
import { customersByIds } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { reasonOf, thresholdsOf } from '#understand/lifecycle/index.ts'
import { lensOf } from '#understand/query/index.ts'
import type { Rulers, Standing, valueContract } from './contract.ts'
import { judgeOf } from './list-standings.ts'
import { rulersOf } from './rulers.ts'
import { numbersOf, unknownYet } from './standings-of.ts'

export type StandingWithReasons = z.output<NonNullable<(typeof valueContract.standing)['~orpc']['outputSchema']>>

/**
 * A customer's stage and value today, with what they rest on; of whom a merged id leads to.
 * @throws Refusal `customers.unknown` when there is none, or none that the actor sees
 */
export async function standingOfCustomer(ctx: Context, id: number): Promise<StandingWithReasons> {
  const customerId = await customerOf(ctx, id)
  const [customer] = await customersByIds(ctx, [customerId])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  const lens = await lensOf(ctx)
  const [numbers, judge, rulers, { value: thresholds }] = await Promise.all([
    numbersOf(ctx, lens, [customerId]),
    judgeOf(ctx, lens),
    rulersOf(ctx, lens),
    thresholdsOf(ctx),
  ])
  const found = numbers.get(customerId) ?? unknownYet(customerId)
  const standing = judge(found)
  return {
    ...standing,
    stageReason: reasonOf(lens.asOf, found, thresholds),
    valueReason: { rulers, ...valueReason(standing, rulers) },
  }
}

/** Why this class: what is high and what is missing to it. A score must exceed the cut, so one purchase or unit beyond it. */
function valueReason(
  { scores, purchases, revenue, lastPurchase }: Standing,
  rulers: Rulers,
): Omit<StandingWithReasons['valueReason'], 'rulers'> {
  if (!scores) {
    const missing = lastPurchase === null ? 'never_bought' : 'too_few_buyers'
    return { highFrequency: null, highMonetary: null, missing, toHighFrequency: null, toHighMonetary: null }
  }
  const cut = rulers.high - 2
  return {
    highFrequency: scores.frequency >= rulers.high,
    highMonetary: scores.monetary >= rulers.high,
    missing: null,
    toHighFrequency: Math.max(0, rulers.frequency[cut]! + 1 - purchases),
    toHighMonetary: Math.max(0, rulers.monetary[cut]! + 1 - revenue),
  }
}
