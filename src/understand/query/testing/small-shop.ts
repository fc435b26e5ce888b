import { addDays } from '#platform/days.ts'
import type { EventKind } from '../contract.ts'

/** A shop as plain data: what the naive evaluator reads, and what `openShop` writes into the records and the columns. */
export type SmallShop = {
  products: { id: number; category: string | null; brandId: number | null }[]
  people: Person[]
}

export type Person = {
  id: number
  gender: string | null
  country: string | null
  province: string | null
  city: string | null
  /** A code of GB/T 2260; 1,000,147 is France; 0: not known. */
  region: number
  /** Where exactly, where it is known. */
  at: readonly [latitude: number, longitude: number] | null
  phone: boolean
  email: boolean
  ownerId: number | null
  added: string
  /** Bits of what the person or staff said. */
  sure: number
  birthday: SmallBirthday | null
  /** As understand/reachable would write it; null: not yet written. */
  /** What is next for the person by model 1, the best first; none: no list. */
  next: number[]
  /** As a forecast of 1 March 2026 would say it; percent. */
  outlook: { callBefore: string | null; again365: number | null } | null
  reach: { yes: number; no: number; kinds: number } | null
  tags: {
    tagId: number
    origin: 'hand' | 'rule'
    state: 'yes' | 'no'
    until: string | null
    at: number
    profile: number
  }[]
  /** By hand for a segment, or out of it. */
  picks: { segmentId: number; state: 'in' | 'out' | 'gone'; until: string | null; at: number; profile: number }[]
  /** In which snapshots of segments, by which profile. */
  frozen: { snapshotId: number; profile: number }[]
  /** To the shop's own states, one after another; 0: to none. */
  moves: { toId: number; profile: number }[]
  came: { wayId: number | null; rank: 1 | 2 | 3; day: string; profile: number }[]
  orders: Order[]
  deeds: Deed[]
  reviews: Review[]
}

/** Of the person's order at a place of the list, or of none. */
export type Review = {
  day: string
  rating: number
  productId: number | null
  order: number | null
  answeredOn: string | null
  profile: number
}

/** Without month and day where only the year is known. */
export type SmallBirthday = { calendar: 'solar' | 'lunar'; month?: number; day?: number; leap?: boolean; year?: number }

export type Order = {
  /** Minutes after the day's beginning in Shanghai. */
  day: string
  minute: number
  kind: 'sale' | 'cancellation' | 'adjustment'
  status: 'completed' | 'void'
  shopId: number
  profile: number
  /** When the last parcel was as far; null: not yet, or not told. */
  way: { shipped: string | null; delivered: string | null; received: string | null } | null
  lines: { productId: number | null; kind: 'goods' | 'postage' | 'sample'; quantity: number; amount: number }[]
}

export type Deed = {
  day: string
  minute: number
  kind: EventKind
  name: string
  productIds: number[]
  shopId: number
  profile: number
}

/** Whole numbers below `n`, the same for the same seed (mulberry32). */
export function diceOf(seed: number): (n: number) => number {
  let state = seed | 0
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
}

export const smallDays = Array.from({ length: 60 }, (_, at) => {
  const day = new Date(Date.UTC(2026, 2, 1 - at * (at < 20 ? 1 : 11)))
  return day.toISOString().slice(0, 10)
})
export const smallCities = ['上海', '杭州', '巴黎']
/** Within one another, beside one another; 1,000,147 is France. */
export const smallRegions = [0, 100_000, 330_000, 330_100, 330_106, 330_109, 320_000, 310_115, 1_000_147]
/** Of shops 1 and 2, and of people. */
export const smallShops = [
  [30.25, 120.17],
  [31.2, 121.44],
] as const
export const smallPositions = [
  [30.26, 120.19],
  [31.0, 121.0],
  [-33.9, 151.2],
] as const
export const smallCategories = ['茶', '器']
export const smallKinds = ['viewed', 'carted'] as const satisfies readonly EventKind[]

/** Two profiles a person, ids of people and products from 1; values that often tie. */
export function smallShop(seed: number, size: number): SmallShop {
  const dice = diceOf(seed)
  const pick = <T>(of: readonly T[]) => of[dice(of.length)]!
  const maybe = <T>(value: () => T) => (dice(4) === 0 ? null : value())
  const some = <T>(most: number, one: () => T) => Array.from({ length: dice(most + 1) }, one)
  const products = Array.from({ length: 6 }, (_, at) => ({
    id: at + 1,
    category: maybe(() => pick(smallCategories)),
    brandId: maybe(() => 1 + dice(2)),
  }))
  const when = () => ({ day: pick(smallDays), minute: dice(1440), profile: dice(2) })
  const people = Array.from({ length: size }, (_, at) => {
    const visit = { ...when(), minute: dice(1200) }
    /** Often within one visit, minutes apart. */
    const then = () => (dice(2) === 0 ? { ...visit, minute: visit.minute + dice(90), profile: dice(2) } : when())
    return {
      id: at + 1,
      gender: maybe(() => pick(['female', 'male'])),
      country: maybe(() => pick(['中国', 'France'])),
      province: maybe(() => pick(['浙江', '江苏'])),
      city: maybe(() => pick(smallCities)),
      region: pick(smallRegions),
      at: dice(3) === 0 ? pick(smallPositions) : null,
      phone: dice(2) === 0,
      email: dice(3) === 0,
      ownerId: maybe(() => 1 + dice(2)),
      sure: dice(64),
      birthday: maybe(() => smallBirthday(dice)),
      next: some(3, () => 1 + dice(6)),
      reach: maybe(() => smallReach(dice)),
      outlook: maybe(() => ({
        callBefore: maybe(() => addDays('2026-03-01', dice(40) - 12)),
        again365: maybe(() => pick([5, 19, 20, 60])),
      })),
      added: pick(smallDays),
      tags: [0, 1].flatMap((profile) =>
        [1, 2].flatMap((tagId) =>
          dice(3) > 0
            ? []
            : [
                {
                  tagId,
                  profile,
                  at: dice(1000),
                  until: dice(2) === 0 ? null : pick(smallDays),
                  ...(dice(2) === 0
                    ? { origin: 'hand' as const, state: pick(['yes', 'no'] as const) }
                    : { origin: 'rule' as const, state: 'yes' as const }),
                },
              ],
        ),
      ),
      picks: [0, 1].flatMap((profile) =>
        [1, 2].flatMap((segmentId) =>
          dice(3) > 0
            ? []
            : [
                {
                  segmentId,
                  profile,
                  state: pick(['in', 'in', 'out', 'gone'] as const),
                  until: dice(2) === 0 ? null : pick(smallDays),
                  at: dice(1000),
                },
              ],
        ),
      ),
      frozen: some(2, () => ({ snapshotId: 1 + dice(2), profile: dice(2) })),
      moves: some(2, () => ({ toId: dice(3), profile: dice(2) })),
      came: [0, 1].flatMap((profile) =>
        dice(2) > 0
          ? []
          : [{ wayId: maybe(() => 1 + dice(2)), rank: pick([1, 2, 3] as const), day: pick(smallDays), profile }],
      ),
      orders: some(5, () => {
        const kind = pick(['sale', 'sale', 'sale', 'cancellation', 'adjustment'] as const)
        const sign = kind === 'sale' ? 1 : -1
        return {
          ...then(),
          kind,
          status: dice(8) === 0 ? ('void' as const) : ('completed' as const),
          shopId: 1 + dice(2),
          way: null as Order['way'],
          lines: Array.from({ length: 1 + dice(3) }, () => ({
            productId: maybe(() => 1 + dice(6)),
            kind: pick(['goods', 'goods', 'sample', 'postage'] as const),
            quantity: sign * (1 + dice(3)),
            amount: sign * 500 * dice(5),
          })),
        }
      }),
      deeds: some(6, () => ({
        ...then(),
        kind: pick(smallKinds),
        name: pick(smallCities),
        productIds: some(2, () => 1 + dice(6)),
        shopId: dice(3),
      })),
      reviews: [] as Review[],
    }
  })
  // Last, so that what was there before is the same of the same seed.
  for (const person of people) {
    for (const order of person.orders) order.way = maybe(() => smallWay(order.day, dice))
    person.reviews = some(3, () => {
      const day = pick(smallDays)
      const order = maybe(() => dice(person.orders.length))
      return {
        ...{ day, rating: 1 + dice(5), productId: maybe(() => 1 + dice(6)), profile: dice(2) },
        order: order !== null && person.orders[order] ? order : null,
        answeredOn: maybe(() => addDays(day, dice(20))),
      }
    })
  }
  return { products, people }
}

/** Some days each, or not so far; what was received was delivered on that day where nobody said when. */
function smallWay(placed: string, dice: (n: number) => number): NonNullable<Order['way']> {
  const later = (day: string | null, most: number) => (day === null || dice(4) === 0 ? null : addDays(day, dice(most)))
  const shipped = later(placed, 6)
  const delivered = later(shipped ?? placed, 20)
  const received = later(delivered ?? shipped, 10)
  return { shipped, delivered: delivered ?? received, received }
}

/** Each bit yes, no or neither. */
function smallReach(dice: (n: number) => number) {
  const reach = { yes: 0, no: 0, kinds: dice(2 ** 8) }
  for (let place = 0; place < 18; place += 1) {
    const said = dice(3)
    if (said < 2) reach[said === 0 ? 'yes' : 'no'] += 2 ** place
  }
  return reach
}

/** About the days of the questions, and such as are not there every year: 29 February, leap months, the moon's 30th. */
function smallBirthday(dice: (n: number) => number): SmallBirthday {
  const year = dice(3) === 0 ? undefined : 1988 + dice(5)
  if (dice(6) === 0) return { calendar: 'solar', year: year ?? 1990 }
  const edge = dice(3) === 0
  if (dice(2) === 0) {
    return edge
      ? { calendar: 'solar', month: 2, day: 29, year }
      : { calendar: 'solar', month: 1 + dice(4), day: 1 + dice(28), year }
  }
  if (edge) return { calendar: 'lunar', month: 6, day: 1 + dice(30), leap: true, year }
  return { calendar: 'lunar', month: dice(2) === 0 ? 12 : 1, day: 1 + dice(30), leap: false, year }
}
