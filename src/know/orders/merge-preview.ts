import { sql } from 'kysely'
import { visibleOrders } from '#know/customers/index.ts'
import type { PreviewPlug } from '#know/identity/index.ts'

/** What each bought, and both together: purchases, and money with what was given back taken off. */
export const ordersOfMerge: PreviewPlug = async (ctx, profiles) => {
  const pairs = [...profiles].flatMap(([customerId, ids]) => ids.map((id): [number, number] => [customerId, id]))
  const { rows } = await sql<{ customerId: number; purchases: number; revenue: number }>`
    select of.customer_id, count(*) filter (where o.kind = 'sale') as purchases, coalesce(sum(o.amount), 0)::bigint as revenue
      from unnest(${pairs.map(([customer]) => customer)}::bigint[], ${pairs.map(([, id]) => id)}::bigint[]) as of(customer_id, profile_id)
      join orders o on o.profile_id = of.profile_id and o.status <> 'void' and ${visibleOrders(ctx)}
     group by of.customer_id`.execute(ctx.db)
  const found = new Map(rows.map((row) => [row.customerId, row]))
  const line = (what: 'purchases' | 'revenue', unit: 'count' | 'money') => {
    const before = [...profiles.keys()].map((customerId) => ({ customerId, value: found.get(customerId)?.[what] ?? 0 }))
    return { what, unit, before, after: before.reduce((sum, { value }) => sum + value, 0) }
  }
  return [line('purchases', 'count'), line('revenue', 'money')]
}
