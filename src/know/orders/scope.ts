import type { Context } from '#platform/context.ts'

export { visibleOrders } from '#know/customers/index.ts'

/** Whether the actor may record orders of a shop. Who sees by customer may sell at any. */
export function mayUseShop({ actor: { scope } }: Context, shopId: number): boolean {
  return scope.kind !== 'shops' || scope.shopIds.includes(shopId)
}
