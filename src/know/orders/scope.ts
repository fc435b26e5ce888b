import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** The orders that the actor may see, as a condition on `orders o`, or another alias: all, or those of the actor's shops. */
export function visibleOrders({ actor }: Context, alias = 'o'): RawBuilder<boolean> {
  if (actor.scope.kind === 'all') return sql`true`
  return sql`${sql.ref(`${alias}.shop_id`)} = any(${actor.scope.shopIds}::int[])`
}

/** Whether the actor may record orders of a shop. */
export function mayUseShop({ actor }: Context, shopId: number): boolean {
  return actor.scope.kind === 'all' || actor.scope.shopIds.includes(shopId)
}
