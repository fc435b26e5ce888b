import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import { driftsOf, type Half } from './drift.ts'
import { habits, noticeDrifts } from './index.ts'

const house = useHouse()
const ago = (days: number) => addDays('2026-03-01', -days)
const half = (more: Partial<Half> = {}): Half => ({
  purchases: 6,
  goods: [['茶', 60_000]],
  shops: [['1', 6]],
  hours: [['morning', 6]],
  amount: 60_000,
  items: 6,
  discounted: 0,
  ...more,
})

test('a habit has drifted when most of it went elsewhere; of too few purchases nothing is said', () => {
  const kinds = (before: Partial<Half>, after: Partial<Half>) =>
    driftsOf(half(before), half(after)).map(({ habit }) => habit)

  expect(kinds({}, {})).toEqual([])
  expect(
    kinds(
      {},
      {
        goods: [
          ['茶', 10_000],
          ['壶', 50_000],
        ],
      },
    ),
  ).toEqual(['goods'])
  expect(
    kinds(
      {},
      {
        goods: [
          ['茶', 31_000],
          ['壶', 29_000],
        ],
      },
    ),
  ).toEqual([])
  expect(kinds({}, { amount: 90_000 })).toEqual(['price'])
  expect(kinds({}, { amount: 89_000 })).toEqual([])
  expect(kinds({}, { amount: 39_000 })).toEqual(['price'])
  expect(
    kinds(
      {},
      {
        shops: [
          ['2', 4],
          ['1', 2],
        ],
        hours: [['evening', 6]],
      },
    ),
  ).toEqual(['shop', 'hour'])
  expect(kinds({ discounted: 1 }, { discounted: 4 })).toEqual(['discount'])
  expect(kinds({ discounted: 1 }, { discounted: 3 })).toEqual([])
  expect(kinds({ purchases: 3 }, { amount: 900_000 })).toEqual([])
})

/** So many purchases of a category and price in each half year, the first of them the older. */
async function bought(ctx: Context, customerId: number, halves: [category: string, price: number, times: number][]) {
  const profileId = await profileOf(ctx, customerId)
  for (const [at, [category, price, times]] of halves.entries()) {
    for (let time = 0; time < times; time += 1) {
      const id = await anOrder(ctx, profileId, { day: ago((at === 0 ? 200 : 10) + time * 20), amount: price })
      await sql`update order_lines set product_id = (select id from products where category = ${category}) where order_id = ${id}`.execute(
        ctx.db,
      )
    }
  }
}

test('a drift is told once, with what it was and is, to who may see the person; the first look is history', async () => {
  const ctx = await house()
  await sql`insert into products (code, name, category) values ('tea', '白茶', '茶'), ('pot', '紫砂壶', '壶')`.execute(
    ctx.db,
  )
  const [ana, bo, cai] = await someCustomers(ctx, [{}, {}, {}])
  await bought(ctx, ana!, [
    ['茶', 10_000, 5],
    ['壶', 11_000, 6],
  ])
  await bought(ctx, bo!, [
    ['茶', 10_000, 5],
    ['茶', 11_000, 5],
  ])
  await bought(ctx, cai!, [
    ['茶', 10_000, 3],
    ['壶', 90_000, 3],
  ])
  await projectAll(ctx)
  const news = async () =>
    (
      await sql<{ subjectId: number; historic: boolean; data: object }>`
        select subject_id, historic, data from facts where kind = 'habits.drifted' order by id`.execute(ctx.db)
    ).rows

  expect(await noticeDrifts(ctx)).toBe(1)
  expect(await noticeDrifts(ctx)).toBe(0)
  expect(await news()).toEqual([{ subjectId: ana, historic: true, data: { habit: 'goods' } }])

  // Later Bo buys dearer: news.
  await bought(ctx, bo!, [
    ['茶', 10_000, 0],
    ['茶', 60_000, 4],
  ])
  await projectAll(ctx)
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  expect(await noticeDrifts(ctx)).toBe(1)
  expect((await news())[1]).toEqual({ subjectId: bo, historic: false, data: { habit: 'price' } })

  const { request } = serverOf(ctx, [habits], staffActor(['customers.read', 'insight.read']))
  const { items } = (await request('GET', '/drifts')).body
  expect(items).toMatchObject([
    { habit: 'price', customer: { id: bo }, before: { value: 10_000 } },
    {
      habit: 'goods',
      customer: { id: ana },
      before: { name: '茶', value: 1 },
      after: { name: '壶', value: 1 },
      purchases: { before: 5, after: 6 },
    },
  ])
  expect((await request('GET', '/drifts?habit=goods')).body.items).toHaveLength(1)
  expect((await request('GET', `/customers/${ana}/drifts`)).body).toMatchObject({
    items: [{ habit: 'goods' }],
    ownerId: null,
  })
  const some = staffActor(['customers.read', 'insight.read'], { scope: { kind: 'shops', shopIds: [1] } })
  expect((await serverOf(ctx, [habits], some).request('GET', '/drifts')).body.items).toEqual([])
})
