import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { rowsOf, settle } from '#doors/ingest/testing/index.ts'
import { pacedClock } from '#platform/clock.ts'
import type { Context } from '#platform/context.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { live } from './live.ts'
import { demoUpTo } from './make.ts'
import { demoShopOf } from './record.ts'

const house = useHouse({ empty: true })
const wanted = { seed: 11, customers: 1500, weeks: 12 }

async function ordersOf(ctx: Context, from: Date, to: Date) {
  const { rows } = await sql`
    select o.number, o.kind, o.status, o.amount, o.placed_at, m.customer_id is not null as known, sale.number as cancels, s.code as shop
      from orders o join shops s on s.id = o.shop_id left join profile_customers m on m.profile_id = o.profile_id
      left join orders sale on sale.id = o.cancels_id
     where o.placed_at > ${from} and o.placed_at <= ${to} order by 1`.execute(ctx.db)
  return rows
}

/** What people did meanwhile; who joined live has the number of a card, of the same figures. */
async function deedsOf(ctx: TestContext, from: Date, to: Date): Promise<string[]> {
  await settle(ctx)
  const { rows } = await sql<{ id: number; who: string }>`
    select p.id, concat(substring(p.external_id from '^anonymous:.*'), ' ', right(c.number, 9)) as who
      from profiles p left join profile_customers m on m.profile_id = p.id left join customers c on c.id = m.customer_id`.execute(
    ctx.db,
  )
  const who = new Map(rows.map((row) => [row.id, row.who]))
  const found = await rowsOf<{ profileId: number }>(
    ctx,
    `SELECT profile_id AS profileId, at, kind, event, products, quantity, amount, text, properties FROM behaviour
      WHERE at > fromUnixTimestamp64Milli(toInt64(${from.getTime()})) AND at <= fromUnixTimestamp64Milli(toInt64(${to.getTime()}))`,
  )
  return found.map(({ profileId, ...row }) => `${who.get(profileId)} ${JSON.stringify(row)}`).sort()
}

/** Lets two shop days go by in some seconds. */
async function liveOn(ctx: TestContext, start: Date, days: number): Promise<Date> {
  const clock = pacedClock(60_000)
  const own = { ...ctx, clock }
  const told = await demoUpTo(own, wanted, start)
  clock.follow({ shop: start, machine: new Date(), speed: 0 })
  const stop = new AbortController()
  const end = start.getTime() + days * 86_400_000
  const watch = setInterval(() => clock.now().getTime() > end && stop.abort(), 50)
  await live(own, clock, told, { speed: 20_000, signal: stop.signal })
  clearInterval(watch)
  return (await demoShopOf(ctx))!.toldUntil
}

test('a shop that lives on by the API’s verbs is the shop that is told afterwards; stopped and started, nothing is twice or lost', async () => {
  const [living, told] = [await house(), await house()]
  // Both opened on the same day, ahead of the machine: shop time is never behind it.
  const start = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 5 * 3600_000)
  living.clock.moveTo(start)
  told.clock.moveTo(start)
  await demoUpTo(living, wanted, start)

  const paused = await liveOn(living, start, 1)
  const end = await liveOn(living, paused, 1)
  await demoUpTo(told, wanted, end)

  const lived = await ordersOf(living, start, end)
  expect(lived).toEqual(await ordersOf(told, start, end))
  expect(lived.length).toBeGreaterThan(15)
  const did = await deedsOf(living, start, end)
  expect(did).toEqual(await deedsOf(told, start, end))
  expect(did.length).toBeGreaterThan(60)
  const { rows } = await sql<{ count: number; historic: number }>`
    select count(*)::int as count, count(*) filter (where historic)::int as historic from facts where at > ${start}`.execute(
    living.db,
  )
  expect(rows[0]!.count).toBeGreaterThan(15)
  expect(rows[0]!.historic).toBe(0)
})
