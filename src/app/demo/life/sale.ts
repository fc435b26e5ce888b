import type { Day } from '#platform/days.ts'
import { numberOf } from '../people/person.ts'
import type { Outlet } from '../shop/houses.ts'
import type { Shelf } from '../shop/shelf.ts'
import type { Agent } from './agent.ts'
import { basketOf, type Line, walkInBasket } from './basket.ts'
import { type Calendar, dayOf, seasons } from './calendar.ts'
import { type Chance, draw, happens, itemAt, oneOf, weighted } from './chance.ts'
import type { Parcel } from './parcel.ts'
import { isDamaged, type Visit } from './visits.ts'

/** A sale as its outlet tells it. Instants in milliseconds, amounts in minor units. */
export type Sale = {
  /** In the records, once it is written there. */
  id?: number
  /** Whose; nobody's where somebody walked in. */
  customer?: number
  outlet: Outlet
  number: string
  at: number
  day: Day
  lines: Line[]
  postage: number
  discount: number
  amount: number
  /** When and how it was settled, where it was not paid at once. */
  settled?: { at: number; status: 'completed' | 'void' }
  /** What went back, when, why. */
  refund?: { at: number; day: Day; whole: boolean; line: number; why: string }
  /** How it goes to its buyer, since the shop tells of that. */
  parcel?: Parcel
}

const hour = 3600_000
const dayMs = 86_400_000

const hours = {
  online: weighted<number>([...'311000123455654444457985'].map((weight, at) => [at, Number(weight)])),
  store: weighted<number>([...'000000000035765798976000'].map((weight, at) => [at, Number(weight)])),
}

/** The sale that a visit ends with. Pure. */
export function saleOf(agent: Agent, visit: Visit, customer: number, calendar: Calendar, shelf: Shelf): Sale {
  const { chance, outlet } = agent
  const { index } = visit
  const day = calendar.days[visit.day]!
  const monthDay = day.slice(5)
  const lines = linesOf(agent, visit, calendar, shelf)
  const goods = sumOf(lines)
  const at = timeOf(chance, outlet.online, calendar.begins + visit.day * dayMs, index)
  const postage = outlet.online && goods < 9900 ? 1000 : 0
  const discount = discountOf(agent, goods, monthDay, index)
  return {
    ...{ customer, outlet, at, day, lines, postage, discount },
    number: `${outlet.letter}${day.slice(2).replaceAll('-', '')}${numberOf(chance.key)}`,
    amount: goods + postage - discount,
    ...payment(agent, at, index),
    ...givingBack(agent, visit, at, lines, discount),
  }
}

/** What somebody takes home from a visit. @param shelf of the visit's day */
export function linesOf(agent: Agent, visit: Visit, calendar: Calendar, shelf: Shelf): Line[] {
  const season = seasons[calendar.seasons[visit.day] ?? 0]!
  return basketOf(agent, visit, season, shelf, isSale(agent.outlet, calendar.days[visit.day]!.slice(5)))
}

/** Sales to people who walk in and leave no name. */
export function walkInSale(
  chance: Chance,
  outlet: Outlet,
  day: number,
  place: number,
  calendar: Calendar,
  shelf: Shelf,
): Sale {
  const on = calendar.days[day]!
  const lines = walkInBasket(chance, seasons[calendar.seasons[day] ?? 0]!, shelf)
  return {
    ...{ outlet, day: on, lines, postage: 0, discount: 0, amount: sumOf(lines) },
    number: `${outlet.letter}${on.slice(2).replaceAll('-', '')}-${String(place + 1).padStart(4, '0')}`,
    at: timeOf(chance, false, calendar.begins + day * dayMs, 0),
  }
}

/** An instant of a day at which people are about. @param part tells several on the way to the same visit apart */
export function timeOf(chance: Chance, online: boolean, begin: number, index: number, part = 0): number {
  const clock = itemAt(online ? hours.online : hours.store, draw(chance, 'hour', index, 2 * part))
  return begin + clock * hour + Math.floor(draw(chance, 'hour', index, 2 * part + 1) * 3600) * 1000
}

function isSale({ online }: Outlet, monthDay: string): boolean {
  return online && ((monthDay >= '11-01' && monthDay <= '11-11') || (monthDay >= '06-16' && monthDay <= '06-18'))
}

/** Bought for much at a feast of shops, as a first order, or by a tea room: a little less. Whole yuan. */
function discountOf({ chance, outlet, habit }: Agent, goods: number, monthDay: string, index: number): number {
  if (outlet.online && monthDay >= '11-01' && monthDay <= '11-11')
    return goods >= 60_000 ? 10_000 : goods >= 30_000 ? 4_000 : 0
  if (outlet.online && monthDay >= '06-10' && monthDay <= '06-18') return goods >= 30_000 ? 3_000 : 0
  if (habit === 'house' && goods >= 100_000) return Math.floor(goods / 1000) * 50
  if (outlet.online && index === 0 && goods >= 9900) return happens(chance, 0.6, 'postage') ? 1_500 : 0
  return !outlet.online && habit === 'devotee' ? Math.floor(goods / 2000) * 100 : 0
}

/** Some put things into the basket and pay later, or never: then the order is void after a day. */
function payment({ chance, outlet }: Agent, at: number, index: number): Pick<Sale, 'settled'> {
  const roll = draw(chance, 'pay', index)
  if (!outlet.online || roll >= 0.055) return {}
  if (roll < 0.022) return { settled: { at: at + dayMs, status: 'void' } }
  return { settled: { at: at + hour * (0.2 + draw(chance, 'pay', index, 1) * 20), status: 'completed' } }
}

function givingBack(
  agent: Agent,
  { index }: Visit,
  at: number,
  lines: readonly Line[],
  discount: number,
): Pick<Sale, 'refund'> {
  const { chance, outlet } = agent
  if (draw(chance, 'pay', index) < 0.055 && outlet.online) return {}
  const roll = draw(chance, 'refund', index)
  const damaged = isDamaged(agent, index)
  if (!damaged && roll >= (outlet.online ? 0.032 : 0.008)) return {}
  // By mistake, within hours; else when it has come and been looked at.
  const wait =
    !damaged && roll < 0.011 ? 0.02 + draw(chance, 'refundDay', index) * 0.4 : 3 + draw(chance, 'refundDay', index) * 11
  const back = Math.floor((at + wait * dayMs) / 1000) * 1000
  const whole = lines.length === 1 || discount > 0 || (!damaged && roll < 0.018)
  const line = Math.floor(draw(chance, 'refundDay', index, 1) * lines.length)
  const why = damaged ? broken : roll < 0.011 ? '拍错了，重新下单' : oneOf(dislikes, chance, 'refundDay', index, 2)
  return { refund: { at: back, day: dayOf(back), whole, line, why } }
}

/** Why something comes back, as the shop notes it; and why an order was never paid. */
const broken = '收到时有破损'
const dislikes = ['口味不合', '送人送重了', '与图片有色差', '不想要了', '等太久了'] as const
export const neverPaid = '超时未付款'

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0)
}
