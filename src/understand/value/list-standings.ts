import type { AnyColumn, CustomerRow } from '#know/customers/contract.ts'
import { customersByIds } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { daysBetween } from '#platform/days.ts'
import { isNewOn, stageOn, thresholdsOf } from '#understand/lifecycle/index.ts'
import type { CustomerQuery } from '#understand/query/contract.ts'
import { countCustomers, type Found, findCustomers, type Lens } from '#understand/query/index.ts'
import type { Rulers, Standing } from './contract.ts'
import { rulersOf } from './rulers.ts'
import { classOf, scoresOf } from './score.ts'
import { planFor } from './yardstick-for.ts'

export type StandingRow = Standing & { customer: CustomerRow }

type Asked = Partial<CustomerQuery> & { columns?: AnyColumn[] }

/**
 * A page of the customers that a question finds, sorted, with their standing. Found over the columns, shown from the records:
 * somebody who has gone meanwhile is left out, so a page may be shorter than its limit while more follow. The signal ends it in the engine.
 */
export async function listStandings(
  ctx: Context,
  { columns, limit, after, ...asked }: Asked & { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<{ items: StandingRow[]; next?: string }> {
  const plan = await planFor(ctx, asked)
  const found = await findCustomers(ctx, plan, { limit, after }, signal)
  return { items: await shown(ctx, plan.lens, found.items, columns), next: found.next }
}

/** How many customers a question finds. */
export async function countStandings(ctx: Context, asked: Partial<CustomerQuery>): Promise<number> {
  return countCustomers(ctx, await planFor(ctx, asked))
}

async function shown(ctx: Context, lens: Lens, found: readonly Found[], columns?: AnyColumn[]): Promise<StandingRow[]> {
  const ids = found.map(({ customerId }) => customerId)
  const [customers, judge] = await Promise.all([customersByIds(ctx, ids, { columns }), judgeOf(ctx, lens)])
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  return found.flatMap((one) => {
    const customer = byId.get(one.customerId)
    return customer ? [{ ...judge(one), customer }] : []
  })
}

/** What makes a standing of a customer's numbers: the pure rules, with the measures of a lens. */
export async function judgeOf(ctx: Context, lens: Lens): Promise<(found: Found) => Standing> {
  const [{ value: thresholds }, rulers] = await Promise.all([thresholdsOf(ctx), rulersOf(ctx, lens)])
  return (found) => standingOf(found, lens, thresholds, rulers)
}

function standingOf(found: Found, { asOf }: Lens, thresholds: Parameters<typeof stageOn>[2], rulers: Rulers): Standing {
  const scores = scoresOf(found, rulers)
  return {
    ...found,
    daysSince: found.lastPurchase === null ? null : Math.max(0, daysBetween(found.lastPurchase, asOf)),
    stage: stageOn(asOf, found, thresholds),
    isNew: isNewOn(asOf, found, thresholds),
    scores,
    valueClass: scores && classOf(scores, rulers.high),
  }
}
