import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { calendarOf, dayOf } from './life/calendar.ts'
import { type Crowd, crowdOf, type Happening } from './life/crowd.ts'
import { populationOf } from './life/population.ts'
import { curiosityFor, zealFor } from './life/zeal.ts'
import { goodsBetween, shelvesOf } from './shop/shelf.ts'
import type { Known } from './write/known.ts'

/** What a demo shop is made of, and how far its life is told. */
export type DemoShop = {
  seed: number
  customers: number
  zeal: number
  curiosity: number
  opened: Day
  weeks: number
  toldUntil: Date
  madeAt: Date | null
  indexes: { name: string; definition: string }[] | null
}

/** Weeks of life that a new demo shop has behind it. */
export const weeksOfHistory = 104

/** The demo shop of this house; none in a real house. */
export async function demoShopOf(ctx: Context): Promise<DemoShop | undefined> {
  const { rows } = await sql<DemoShop>`
    select seed, customers, zeal, curiosity, opened, weeks, told_until, made_at, indexes from demo_shop`.execute(ctx.db)
  return rows[0]
}

/** That all that happened up to an instant stands in the records. In the transaction that wrote it. */
export async function tellUntil(ctx: Context, at: Date): Promise<void> {
  await sql`update demo_shop set told_until = ${at}`.execute(ctx.db)
}

/** So many days before it is made the shop began to tell how its parcels go: of years they would be most of its rows. */
const parcelDays = 90

/** How long after today lives can be told: a visit is planned at most 15 months ahead. */
const ahead = 3650

/** The people of a demo shop, at their first day. @param until to which goods are known: next year's pickings come later */
export function livesOf(
  shop: Pick<DemoShop, 'seed' | 'customers' | 'zeal' | 'curiosity' | 'opened' | 'weeks'>,
  until: Date,
) {
  const { seed, zeal, curiosity, opened, weeks } = shop
  const calendar = calendarOf(opened, weeks * 7 + ahead)
  const population = populationOf(shop.customers, weeks, calendar)
  // A year more than needed, so that shelves made today are those of tomorrow.
  const goods = goodsBetween(opened, addDays(dayOf(until.getTime()), 366))
  const parcelsSince = Math.max(0, weeks * 7 - parcelDays)
  const crowd = crowdOf({
    seed,
    zeal,
    curiosity,
    parcelsSince,
    calendar,
    population,
    shelfOn: shelvesOf(goods, opened),
  })
  return { calendar, population, goods, crowd }
}

type Opening = Pick<DemoShop, 'seed' | 'opened' | 'weeks'>

/** How much more often people buy than usual, so that a history has so many orders of a customer. */
export function zealOf(opening: Opening, wanted: number): number {
  return zealFor(wanted, townOf(opening), opening.weeks)
}

/** How much more they look around than usual, so that it has so much of it of a customer. */
export function curiosityOf(opening: Opening, zeal: number, wanted: number): number {
  return curiosityFor(wanted, { ...townOf(opening), zeal }, opening.weeks)
}

function townOf({ seed, opened, weeks }: Opening) {
  const goods = goodsBetween(opened, addDays(opened, weeks * 7))
  return { seed, calendar: calendarOf(opened, weeks * 7 + ahead), shelfOn: shelvesOf(goods, opened) }
}

export type Lives = ReturnType<typeof livesOf>

/** A shop whose life is told up to an instant, and how it goes on from there. */
export type Told = { shop: DemoShop; lives: Lives; known: Known; crowd: Crowd; rest: Happening[]; until: Date }
