import type { BehaviourKind } from '#know/behaviour/index.ts'
import { type OrderStepName, orderStepNames } from '#know/orders/contract.ts'

/**
 * Segment's e-commerce vocabulary, and what happens in shops of brick, as the shop understands it. Names are compared without case,
 * spaces, `_` and `-`, so that `product_viewed` is `Product Viewed`.
 */
const kinds: Record<string, BehaviourKind> = {
  'product viewed': 'viewed',
  'product clicked': 'clicked',
  'product list viewed': 'listed',
  'product list filtered': 'listed',
  'products searched': 'searched',
  'product searched': 'searched',
  'product added': 'carted',
  'product removed': 'uncarted',
  'cart viewed': 'cart_viewed',
  'checkout started': 'checkout',
  'checkout step viewed': 'checkout',
  'checkout step completed': 'checkout',
  'payment info entered': 'checkout',
  'product added to wishlist': 'favoured',
  'product favourited': 'favoured',
  'product favorited': 'favoured',
  'product removed from wishlist': 'unfavoured',
  'product unfavourited': 'unfavoured',
  'product unfavorited': 'unfavoured',
  'wishlist product added to cart': 'carted',
  'coupon entered': 'coupon',
  'coupon applied': 'coupon',
  'coupon denied': 'coupon',
  'coupon removed': 'coupon',
  'promotion viewed': 'promotion',
  'promotion clicked': 'promotion',
  'product shared': 'shared',
  'cart shared': 'shared',
  'product reviewed': 'reviewed',
  'shop visited': 'visited',
  'store visited': 'visited',
  'product tried on': 'tried_on',
  'try on': 'tried_on',
  'staff asked': 'asked',
  'asked staff': 'asked',
}

export type OrderVerb = 'completed' | 'updated' | 'refunded' | 'cancelled' | OrderStepName

const orders: Record<string, OrderVerb> = {
  'order completed': 'completed',
  'order updated': 'updated',
  'order refunded': 'refunded',
  'order cancelled': 'cancelled',
  'order canceled': 'cancelled',
  // Of its way to the buyer. Goods that come back undelivered; money given back is `Order Refunded`.
  'order shipped': 'shipped',
  'order fulfilled': 'shipped',
  'shipment shipped': 'shipped',
  'order delivered': 'delivered',
  'shipment delivered': 'delivered',
  'order received': 'received',
  'order receipt confirmed': 'received',
  'order returned': 'returned',
  'shipment returned': 'returned',
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]+/g, '')
const byKind = new Map(Object.entries(kinds).map(([name, kind]) => [plain(name), kind]))
const byOrder = new Map(Object.entries(orders).map(([name, verb]) => [plain(name), verb]))

type Meaning = { kind: BehaviourKind; verb?: OrderVerb }

/** Shops have few names of events, and each comes ten thousand times. */
const mostKnown = 2_000
const known = new Map<string, Meaning>()

function meaningOf(event: string): Meaning {
  const before = known.get(event)
  if (before) return before
  const name = plain(event)
  const meaning = { kind: byKind.get(name) ?? 'other', verb: byOrder.get(name) } as const
  if (known.size >= mostKnown) known.clear()
  known.set(event, meaning)
  return meaning
}

/** What a tracked event is in the shop's words; `other` where it is none of them. */
export function kindOf(event: string): BehaviourKind {
  return meaningOf(event).kind
}

/** What a tracked event does to an order; undefined where it is about none. */
export function orderVerbOf(event: string): OrderVerb | undefined {
  return meaningOf(event).verb
}

/** Whether it tells how far an order is on its way to the buyer. */
export function isStep(verb: OrderVerb): verb is OrderStepName {
  return (orderStepNames as readonly string[]).includes(verb)
}
