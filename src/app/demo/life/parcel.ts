import type { Agent } from './agent.ts'
import { draw, oneOf } from './chance.ts'
import type { Sale } from './sale.ts'

/** How what was ordered goes to its buyer. Instants in milliseconds, whole seconds. */
export type Parcel = {
  carrier: string
  tracking: string
  shipped: number
  delivered: number
  /** Some say that they have it; the others just drink it. */
  received?: number
}

const hour = 3_600_000
const day = 24 * hour

const carriers = ['顺丰', '顺丰', '中通', '圆通', '京东物流'] as const

/** Of what an online shop sells; nothing where it is never paid, or was given back before it left. Pure. */
export function parcelOf({ chance, outlet }: Agent, sale: Sale, index: number): Parcel | undefined {
  if (!outlet.online || sale.settled?.status === 'void') return undefined
  const roll = (part: number) => draw(chance, 'parcel', index, part)
  const whole = (at: number) => Math.floor(at / 1000) * 1000
  const paid = sale.settled?.at ?? sale.at
  const shipped = whole(paid + (6 + roll(0) * 34) * hour)
  if (sale.refund && sale.refund.at <= shipped) return undefined
  const delivered = whole(shipped + (1 + roll(1) ** 2 * 4) * day)
  return {
    carrier: oneOf(carriers, chance, 'parcel', index, 2),
    tracking: `PX${sale.number}`,
    shipped,
    delivered,
    ...(roll(3) < 0.72 && { received: whole(delivered + (0.1 + roll(4) * 6) * day) }),
  }
}

/** Where it was by an instant. */
export function stepBy(parcel: Parcel | undefined, at: number): 'shipped' | 'delivered' | 'received' | undefined {
  if (!parcel || parcel.shipped > at) return undefined
  if (parcel.delivered > at) return 'shipped'
  return parcel.received !== undefined && parcel.received <= at ? 'received' : 'delivered'
}
