import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import { countStandings, value } from '../index.ts'
import { paidIn, winBackCeiling } from './payback.ts'

const house = useHouse()
const ago = (days: number) => addDays('2026-03-01', -days)

test('a cost is paid back in the month in which the margin of what a buyer brought reaches it', () => {
  const months: [number, number, number][] = [
    [0, 100_000, 20],
    [1, 30_000, 20],
    [2, 30_000, 15],
    [3, 50_000, 9],
  ]

  expect(paidIn(months, { each: 2_500, margin: 40 })).toEqual({ brought: [5_000, 6_500, 8_500], month: 2 })
  expect(paidIn(months, { each: 2_000, margin: 40 }).month).toBe(1)
  // Not within what at least ten buyers have lived through; and nothing where cost or margin is not known.
  expect(paidIn(months, { each: 5_000, margin: 40 }).month).toBeNull()
  expect(paidIn(months, { each: 100, margin: null }).month).toBeNull()
  expect(paidIn(months, { each: null, margin: 40 }).month).toBeNull()
  expect(paidIn([[1, 100, 20]], { each: 1, margin: 40 })).toEqual({ brought: [], month: null })
})

test('winning back is worth the margin of a year with her, less what comes by itself', () => {
  // Expected 100.00 at a chance of one in ten: a year in which she comes brings 1,000.00; nine in ten do not come by themselves.
  expect(winBackCeiling({ value365: 10_000, again365: 0.1 }, 40)).toBe(36_000)
  expect(winBackCeiling({ value365: 10_000, again365: 1 }, 40)).toBe(0)
  expect(winBackCeiling({ value365: 10_000, again365: 0 }, 40)).toBeNull()
  expect(winBackCeiling({ value365: null, again365: 0.5 }, 40)).toBeNull()
  expect(winBackCeiling({ value365: 10_000, again365: 0.1 }, null)).toBeNull()
})

async function came(ctx: Context, customerIds: readonly number[], wayId: number): Promise<void> {
  await sql`
    insert into arrivals (profile_id, origin, way_id, at, on_day, actor, told_at)
    select profile_id, 'hand', ${wayId}, now(), date '2025-09-01', 'test', now() from profile_customers
     where customer_id = any(${[...customerIds]}::bigint[])`.execute(ctx.db)
}

test('each source tells what a new buyer cost, what one has brought since, and who they are', async () => {
  const ctx = await house()
  // Twelve came by way 1, bought for 50.00 a hundred days ago and for 30.00 forty days later; two by way 2, yesterday.
  const early = await someCustomers(
    ctx,
    Array.from({ length: 12 }, () => ({
      orders: [
        { day: ago(100), amount: 5_000 },
        { day: ago(60), amount: 3_000 },
      ],
    })),
  )
  const late = await someCustomers(ctx, [{ orders: [{ day: ago(1) }] }, { orders: [{ day: ago(1) }] }, {}])
  await came(ctx, early, 1)
  await came(ctx, late, 2)
  await sql`
    insert into arrival_costs (way_id, month, amount, actor, at)
    values (1, '2025-11-01', 24000, 'test', now()), (2, '2026-02-01', 10000, 'test', now()), (3, '2026-02-01', 700, 'test', now()),
           (1, '2024-01-01', 999999, 'test', now())`.execute(ctx.db)
  await projectAll(ctx)
  const { request } = serverOf(ctx, [value], staffActor(['insight.read', 'lifecycle.edit', 'customers.read']))

  const before = (await request('GET', '/value/payback')).body
  expect(before.percent).toBeNull()
  expect(before.items.map((one: { month: number | null }) => one.month)).toEqual([null, null, null])
  const saved = await request('PUT', '/value/margin', { body: { percent: 30 }, headers: { 'if-match': '"0"' } })
  expect(saved.body).toEqual({ percent: 30, version: 1 })

  const { items } = (await request('GET', '/value/payback')).body
  expect(items).toMatchObject([
    { wayId: 1, cost: 24_000, buyers: 12, each: 2_000, brought: [5_000, 8_000, 8_000], month: 2 },
    { wayId: 2, cost: 10_000, buyers: 2, each: 5_000, brought: [], month: null },
    { wayId: 3, cost: 700, buyers: 0, each: null, brought: [], month: null },
  ])
  expect(await countStandings(ctx, { where: items[0].people })).toBe(12)
  expect(await countStandings(ctx, { where: items[1].people })).toBe(2)
})

test('what a customer spent is told from gross to net; what the goods cost only to who may see the shop’s numbers', async () => {
  const ctx = await house()
  const [ana] = await someCustomers(ctx, [{}])
  const profileId = await profileOf(ctx, ana!)
  const sale = await anOrder(ctx, profileId, { day: ago(9), lines: [10_000, 1_000, -2_000] })
  const back = await anOrder(ctx, profileId, { day: ago(5), kind: 'cancellation', amount: -4_000 })
  await anOrder(ctx, profileId, { day: ago(4), amount: 9_999, status: 'void' })
  await sql`insert into products (code, name, cost) values ('tea', 'Tea', 4000)`.execute(ctx.db)
  await sql`update order_lines set kind = 'postage' where order_id = ${sale} and line = 2`.execute(ctx.db)
  await sql`update order_lines set kind = 'discount' where order_id = ${sale} and line = 3`.execute(ctx.db)
  await sql`update order_lines set product_id = 1 where order_id = ${sale} and line = 1`.execute(ctx.db)
  await sql`update order_lines set product_id = 1, quantity = -0.4 where order_id = ${back}`.execute(ctx.db)
  await projectAll(ctx)
  const asked = async (permissions: string[]) =>
    (await serverOf(ctx, [value], staffActor(permissions)).request('GET', `/customers/${ana}/worth`)).body

  const parts = { gross: 11_000, discounts: -2_000, givenBack: -4_000, adjusted: 0, net: 5_000 }
  expect(await asked(['customers.read', 'insight.read'])).toEqual({ ...parts, cost: { amount: 2_400, known: 1 } })
  expect(await asked(['customers.read'])).toEqual({ ...parts, cost: null })

  // Of 60.00 of goods, 24.00 were their cost: 60 percent are left.
  const { request } = serverOf(ctx, [value], staffActor(['insight.read']))
  expect((await request('GET', '/value/margin')).body).toEqual({
    percent: null,
    version: 0,
    told: { percent: 60, known: 1 },
  })
})
