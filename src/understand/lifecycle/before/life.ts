import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, instantIn } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  answered,
  bindings,
  countCustomers,
  type Lens,
  type Looks,
  lensOf,
  planOf,
  rowsOf,
} from '#understand/query/index.ts'
import { thresholdsOf } from '../thresholds.ts'
import { buyers, potentials, targets } from './before.ts'
import type { Life } from './before-contract.ts'

/**
 * Life before the first purchase, counted by the very questions that open the people; visitors, whom no question can name, from what browsers
 * told. Kept while the columns stand.
 */
export async function lifeOf(ctx: Context, looks: Looks): Promise<Life> {
  const lens = await lensOf(ctx, looks)
  const [{ value: thresholds }, { zone }] = await Promise.all([thresholdsOf(ctx), merchantOf(ctx)])
  const days = thresholds.active
  return answered(ctx, `lifecycle.life ${JSON.stringify([lens, thresholds, zone])}`, async () => {
    const counted = async (people: Condition) => {
      const plan = planOf(people, { by: 'added', direction: 'down' }, lens, { thresholds, zone })
      return { customers: await countCustomers(ctx, plan), people }
    }
    const [visitors, potential, target, bought] = await Promise.all([
      visitorsOf(ctx, lens, { days, zone }),
      counted(potentials(days)),
      counted(targets(days)),
      counted(buyers),
    ])
    return { asOf: lens.asOf, days, visitors, potential, target, buyers: bought }
  })
}

/** Browsers seen in the last days that the map gives nobody. They are no one's customers: who sees only some people's is told none. */
async function visitorsOf(
  ctx: Context,
  lens: Lens,
  { days, zone }: { days: number; zone: string },
): Promise<number | null> {
  if (lens.ownerIds) return null
  const { bind, params } = bindings()
  const instant = (day: string) =>
    bind(instantIn(zone, day).toISOString().replace('T', ' ').replace('Z', ''), 'DateTime64(3)')
  const shops = lens.shopIds ? ` AND has(${bind(lens.shopIds, 'Array(UInt32)')}, shop_id)` : ''
  const [row] = await rowsOf<{ visitors: number }>(ctx, {
    sql: `SELECT uniqExact(profile_id) AS visitors FROM behaviour
 WHERE at >= ${instant(addDays(lens.asOf, 1 - days))} AND at < ${instant(addDays(lens.asOf, 1))}${shops}
   AND profile_id NOT IN (SELECT profile_id FROM profile_customers FINAL)`,
    params,
  })
  return row?.visitors ?? 0
}
