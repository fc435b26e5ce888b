import { sql } from 'kysely'
import { visibleOrders } from '#know/customers/index.ts'
import type { PreviewPlug } from '#know/identity/index.ts'
import type { Day } from '#platform/days.ts'
import { todayOf } from '#understand/query/index.ts'
import { stageOn } from './stage.ts'
import { thresholdsOf } from './thresholds.ts'

/** The stage of each today, by its last purchase, and of both together. */
export const stageOfMerge: PreviewPlug = async (ctx, profiles) => {
  const pairs = [...profiles].flatMap(([customerId, ids]) => ids.map((id): [number, number] => [customerId, id]))
  const { rows } = await sql<{ customerId: number; lastPurchase: Day }>`
    select of.customer_id, max(o.day) as last_purchase
      from unnest(${pairs.map(([customer]) => customer)}::bigint[], ${pairs.map(([, id]) => id)}::bigint[]) as of(customer_id, profile_id)
      join orders o on o.profile_id = of.profile_id and o.status <> 'void' and ${visibleOrders(ctx)} and o.kind = 'sale'
     group by of.customer_id`.execute(ctx.db)
  const last = new Map(rows.map((row) => [row.customerId, row.lastPurchase]))
  const [today, { value: thresholds }] = [await todayOf(ctx), await thresholdsOf(ctx)]
  const stage = (lastPurchase: Day | null) =>
    `web.stage.${stageOn(today, { firstPurchase: lastPurchase, lastPurchase }, thresholds)}`
  return [
    {
      what: 'stage',
      unit: 'words',
      before: [...profiles.keys()].map((customerId) => ({ customerId, value: stage(last.get(customerId) ?? null) })),
      after: stage([...last.values()].sort().at(-1) ?? null),
    },
  ]
}
