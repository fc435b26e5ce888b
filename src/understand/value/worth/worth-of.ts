import { sql } from 'kysely'
import { isGoods, productKind } from '#know/catalog/contract.ts'
import { seenProfiles, visibleOrders } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { may } from '#platform/http/index.ts'
import type { Worth } from './worth-contract.ts'

const goodsKinds = productKind.options.filter(isGoods)

/**
 * What a customer brought, from gross to net, of the orders that the actor sees; the cost of the goods only for who may see the shop's
 * numbers. @throws Refusal `customers.unknown`
 */
export async function worthOf(ctx: Context, id: number): Promise<Worth> {
  const profileIds = await seenProfiles(ctx, id)
  const goods = sql`l.kind = any(${[...goodsKinds]}::text[])`
  const { rows } = await sql<
    Record<'gross' | 'discounts' | 'givenBack' | 'adjusted' | 'cost' | 'known' | 'goods', number>
  >`
    select coalesce(sum(l.amount) filter (where o.kind = 'sale' and l.kind not in ('discount', 'adjustment')), 0)::bigint as gross,
           coalesce(sum(l.amount) filter (where o.kind = 'sale' and l.kind = 'discount'), 0)::bigint as discounts,
           coalesce(sum(l.amount) filter (where o.kind = 'cancellation'), 0)::bigint as given_back,
           coalesce(sum(l.amount) filter (where o.kind = 'adjustment' or (o.kind = 'sale' and l.kind = 'adjustment')), 0)::bigint as adjusted,
           coalesce(round(sum(l.quantity * p.cost) filter (where ${goods})), 0)::bigint as cost,
           coalesce(sum(l.amount) filter (where ${goods} and p.cost is not null), 0)::bigint as known,
           coalesce(sum(l.amount) filter (where ${goods}), 0)::bigint as goods
      from orders o join order_lines l on l.order_id = o.id left join products p on p.id = l.product_id
     where o.profile_id = any(${profileIds}::bigint[]) and o.status <> 'void' and ${visibleOrders(ctx)}`.execute(ctx.db)
  const { cost, known, goods: all, ...parts } = rows[0]!
  const { gross, discounts, givenBack, adjusted } = parts
  const told = may(ctx.actor.permissions, 'insight.read') && known > 0 && all > 0
  return {
    ...parts,
    net: gross + discounts + givenBack + adjusted,
    cost: told ? { amount: cost, known: Math.min(1, known / all) } : null,
  }
}
