import type { Condition } from '../contract.ts'
import { dayNumber, inWindow, isDescribed, isOf, type NaiveLens } from './naive-lens.ts'
import type { Order, Person } from './small-shop.ts'

const between = (value: number, from?: number, to?: number) =>
  (from === undefined || value >= from) && (to === undefined || value <= to)

type Reviewed = Extract<Condition, { is: 'reviewed' }>

export function reviewed(tree: Reviewed, person: Person, lens: NaiveLens): boolean {
  const said = person.reviews.filter((one) => {
    const order = one.order === null ? undefined : person.orders[one.order]
    return (
      one.day <= lens.asOf &&
      (!lens.shopIds || !order || lens.shopIds.includes(order.shopId)) &&
      inWindow(one.day, tree, lens) &&
      between(one.rating, tree.ratingFrom, tree.ratingTo) &&
      (tree.answered === undefined ||
        (tree.answered === 'yes') === (one.answeredOn !== null && one.answeredOn <= lens.asOf)) &&
      (!tree.productIds || (one.productId !== null && tree.productIds.includes(one.productId))) &&
      ((!tree.categories && !tree.brandIds) || (one.productId !== null && isDescribed(one.productId, tree, lens)))
    )
  })
  return tree.atLeast === undefined && tree.atMost === undefined
    ? said.length > 0
    : between(said.length, tree.atLeast, tree.atMost)
}

export function hasParcel(tree: Extract<Condition, { is: 'parcel' }>, person: Person, lens: NaiveLens): boolean {
  const by = (day: string | null | undefined) => (day && day <= lens.asOf ? dayNumber(day) : null)
  return person.orders.some((order: Order) => {
    if (!order.way || order.kind !== 'sale' || order.status === 'void') return false
    if ([tree.shopIds, lens.shopIds].some((ids) => ids && !ids.includes(order.shopId))) return false
    const asked = tree.productIds || tree.categories || tree.brandIds
    if (asked && !order.lines.some((line) => line.kind !== 'postage' && isOf(line.productId, tree, lens))) return false
    const { shipped, delivered, received } = order.way
    const days = { placed: order.day, shipped, delivered: delivered ?? received, received }
    const at = by(days[tree.step])
    if (at === null || !inWindow(days[tree.step]!, tree, lens)) return false
    if (tree.not) {
      return by(days[tree.not]) === null && between(dayNumber(lens.asOf) - at, tree.atLeast, tree.atMost)
    }
    if (!tree.after) return true
    const since = days[tree.after]
    return since !== null && between(at - dayNumber(since), tree.atLeast, tree.atMost)
  })
}
