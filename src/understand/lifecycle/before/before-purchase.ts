import { customersByIds } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day, instantIn } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { bindings, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import { thresholdsOf } from '../thresholds.ts'
import { wanting } from './before.ts'
import type { BeforePurchase } from './before-contract.ts'

type Sign = BeforePurchase['signs'][number]

/**
 * Where a customer who never bought stands, with what she showed interest by in the last days, as the actor sees it.
 * @throws Refusal `customers.unknown` when there is none, or none that the actor sees
 */
export async function beforePurchaseOf(ctx: Context, id: number): Promise<BeforePurchase> {
  const customerId = await customerOf(ctx, id)
  const [customer] = await customersByIds(ctx, [customerId])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  const lens = await lensOf(ctx)
  const [{ value: thresholds }, { zone }] = await Promise.all([thresholdsOf(ctx), merchantOf(ctx)])
  const days = thresholds.active
  const since = addDays(lens.asOf, 1 - days)

  const standing = bindings()
  const [person] = await rowsOf<{ bought: number; talked: Day | null }>(ctx, {
    sql: `SELECT isNotNull(last_purchase) AS bought, toString(last_talked) AS talked
FROM ${sourceOf(lens, standing, { talked: true })} WHERE customer_id = ${standing.bind(customerId, 'UInt64')}`,
    params: standing.params,
  })
  if (person?.bought) return { asOf: lens.asOf, days, step: null, signs: [] }

  const { bind, params } = bindings()
  const instant = (day: Day) =>
    bind(instantIn(zone, day).toISOString().replace('T', ' ').replace('Z', ''), 'DateTime64(3)')
  const shops = lens.shopIds ? ` AND has(${bind(lens.shopIds, 'Array(UInt32)')}, shop_id)` : ''
  const done = await rowsOf<Sign>(ctx, {
    sql: `SELECT kind AS sign, toString(toDate(max(at), ${bind(zone, 'String')})) AS day, count() AS times FROM behaviour
 WHERE profile_id IN (SELECT profile_id FROM profile_customers FINAL WHERE customer_id = ${bind(customerId, 'UInt64')})
   AND has(${bind([...wanting], 'Array(String)')}, kind) AND at >= ${instant(since)} AND at < ${instant(addDays(lens.asOf, 1))}${shops}
 GROUP BY kind`,
    params,
  })
  const talked: Sign[] =
    person?.talked && person.talked >= since && person.talked <= lens.asOf
      ? [{ sign: 'talked', day: person.talked, times: 1 }]
      : []
  const signs = [...done, ...talked].sort((a, b) => b.day.localeCompare(a.day) || a.sign.localeCompare(b.sign))
  return { asOf: lens.asOf, days, step: signs.length > 0 ? 'target' : 'potential', signs }
}
