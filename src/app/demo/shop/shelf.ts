import { type Day, daysBetween } from '#platform/days.ts'
import { type Weighted, weighted } from '../life/chance.ts'
import { type Good, goodsOf, type Taste, tastes } from './goods.ts'

/** What can be bought on a day, sorted by what people look for. Ends are days since the shop opened. */
export type Shelf = {
  tea: Record<Taste, Weighted<Good>[]>
  loose: Weighted<Good>
  gift: Weighted<Good>
  autumnGift: Weighted<Good>
  ware: Weighted<Good>[]
  sample: Weighted<Good>
}

/** The days between which a good is sold: a year's picking from its first parcels to the next year's. */
function soldBetween({ year, from }: Good): [Day, Day] | undefined {
  return year === undefined ? undefined : [`${year}-${from}`, `${year + 1}-${from}`]
}

/** Whether the shop knows a good by a day: a picking is entered when it comes. */
export function isKnownBy(good: Good, day: Day): boolean {
  const between = soldBetween(good)
  return !between || between[0] <= day
}

/** All goods of a shop that opened on a day, to the end of the year after another. */
export function goodsBetween(opened: Day, until: Day): Good[] {
  const first = Number(opened.slice(0, 4)) - 1
  const years = Array.from({ length: Number(until.slice(0, 4)) - first + 1 }, (_, at) => first + at)
  return goodsOf(years).filter((good) => (soldBetween(good)?.[1] ?? '9999') > opened && isKnownBy(good, until))
}

/** Shelves by the day since opening; they change only when a picking comes or goes. */
export function shelvesOf(goods: readonly Good[], opened: Day): (day: number) => Shelf {
  const changes = [
    ...new Set(goods.flatMap((good) => soldBetween(good) ?? []).map((day) => Math.max(0, daysBetween(opened, day)))),
  ].sort((a, b) => a - b)
  const made = new Map<number, Shelf>()
  return (day) => {
    let since = 0
    for (const change of changes) if (change <= day) since = change
    let shelf = made.get(since)
    if (!shelf) {
      shelf = shelfOf(
        goods.filter((good) => {
          const between = soldBetween(good)
          return !between || (daysBetween(opened, between[0]) <= since && daysBetween(opened, between[1]) > since)
        }),
      )
      made.set(since, shelf)
    }
    return shelf
  }
}

function shelfOf(goods: readonly Good[]): Shelf {
  const of = (wanted: (good: Good) => boolean, weigh: (good: Good) => number = ({ appeal }) => appeal) =>
    weighted(goods.filter(wanted).map((good) => [good, weigh(good)] as const))
  // By purse: the thrifty hardly look at what is rare, the open-handed do.
  const byPurse = (wanted: (good: Good) => boolean) =>
    [
      [1, 0.35, 0.02],
      [0.7, 1, 0.25],
      [0.3, 1, 1.3],
    ].map((weights) => of(wanted, ({ appeal, tier }) => appeal * weights[tier - 1]!))
  return {
    tea: Object.fromEntries(
      tastes.map((taste) => [taste, byPurse((good) => good.use === 'tea' && good.taste === taste && !good.loose)]),
    ) as Shelf['tea'],
    loose: of((good) => good.loose === true),
    gift: of((good) => good.use === 'gift' && good.code !== 'LH-MQ'),
    autumnGift: of(
      (good) => good.use === 'gift',
      (good) => good.appeal * (good.code === 'LH-MQ' ? 3 : 1),
    ),
    ware: byPurse((good) => good.use === 'ware'),
    sample: of((good) => good.use === 'sample'),
  }
}
