import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { keepStages } from '../index.ts'
import { previewThresholds } from '../preview.ts'
import { gapsOf } from './gaps.ts'
import { goodsOfCustomer } from './goods-of-customer.ts'
import { saveGoodsThresholds } from './goods-thresholds.ts'
import { stagesByGoods } from './stages-by-goods.ts'

const house = useHouse()
const today = '2026-03-01'
const ago = (days: number) => addDays(today, -days)
const newest = { by: 'lastPurchase', direction: 'down' } as const

/** What each bought, by days ago: `{ 茶: [10, 40], 壶: [300] }`. */
async function whoBought(ctx: Context, people: Record<string, number[]>[]): Promise<number[]> {
  await sql`
    insert into brands (code, name) values ('yunqi', '云栖')`.execute(ctx.db)
  await sql`
    insert into products (code, name, category, brand_id) values ('tea', '白茶', '茶', 1), ('pot', '紫砂壶', '壶', null)`.execute(
    ctx.db,
  )
  const ids = await someCustomers(
    ctx,
    people.map(() => ({})),
  )
  for (const [at, bought] of people.entries()) {
    const profileId = await profileOf(ctx, ids[at]!)
    for (const [category, days] of Object.entries(bought)) {
      for (const day of days) {
        const orderId = await anOrder(ctx, profileId, { day: ago(day) })
        await sql`update order_lines set product_id = (select id from products where category = ${category}) where order_id = ${orderId}`.execute(
          ctx.db,
        )
      }
    }
  }
  await projectAll(ctx)
  return ids
}

async function countOf(ctx: Context, where: Condition): Promise<number> {
  return countCustomers(ctx, planOf(where, newest, await lensOf(ctx), { tags: new Map() }))
}

const stagesIn = (items: Awaited<ReturnType<typeof stagesByGoods>>['items']) =>
  Object.fromEntries(items.map(({ name, stages }) => [name, stages.map(({ customers }) => customers)]))

test('the people of a tag may have limits of their own: who stands where by them, who would move, and hers on her page', async () => {
  const ctx = await house()
  const [ana, ben, , dan] = await whoBought(ctx, [{ 茶: [10] }, { 茶: [40], 壶: [70] }, { 茶: [200] }, {}])
  await sql`insert into tags (name, made_at, actor) values ('批发', now(), 'system')`.execute(ctx.db)
  for (const id of [ana!, ben!, dan!]) {
    await sql`insert into profile_tags (profile_id, tag_id, origin, state, actor, at)
              values (${await profileOf(ctx, id)}, 1, 'hand', 'yes', 'system', now())`.execute(ctx.db)
  }
  await projectAll(ctx)
  const wanted = { active: 30, silent: 60, sleeping: 90 }

  const { moves } = await previewThresholds(ctx, { of: { tagId: 1 }, ...wanted })
  await saveGoodsThresholds(ctx, { of: { tagId: 1 }, thresholds: wanted }, 0)
  const { items } = await stagesByGoods(ctx, {})

  expect(moves).toMatchObject([{ from: 'active', to: 'silent', customers: 1 }])
  expect(await countOf(ctx, moves[0]!.people)).toBe(1)
  expect(stagesIn(items).批发).toEqual([1, 1, 0, 0])
  for (const { stages } of items) {
    for (const { customers, people } of stages) expect(await countOf(ctx, people)).toBe(customers)
  }
  expect((await goodsOfCustomer(ctx, ben!)).items.at(-1)).toMatchObject({
    name: '批发',
    own: true,
    stage: 'silent',
    daysSince: 40,
    days: 2,
  })
  expect((await gapsOf(ctx, { tagId: 1 })).buyers).toBe(2)
  await expect(saveGoodsThresholds(ctx, { of: { tagId: 9 }, thresholds: wanted }, 0)).rejects.toMatchObject({
    code: 'lifecycle.unknown_goods',
  })
  expect((await saveGoodsThresholds(ctx, { of: { tagId: 1 }, thresholds: null }, 1)).version).toBe(0)
})

test('who buys tea as ever may long have stopped buying pots: each category has its stages, its limits and its people', async () => {
  const ctx = await house()
  const [ana] = await whoBought(ctx, [
    { 茶: [10, 40], 壶: [300] },
    { 茶: [89] },
    { 茶: [90], 壶: [95] },
    { 茶: [200, 280] },
    {},
  ])

  const before = await stagesByGoods(ctx, {})
  await saveGoodsThresholds(ctx, { of: { category: '茶' }, thresholds: { active: 30, silent: 60, sleeping: 90 } }, 0)
  await saveGoodsThresholds(ctx, { of: { brandId: 1 }, thresholds: { active: 95, silent: 100, sleeping: 110 } }, 0)
  const after = await stagesByGoods(ctx, {})

  expect(stagesIn(before.items)).toEqual({ 茶: [2, 1, 1, 0], 壶: [0, 1, 0, 1] })
  expect(stagesIn(after.items)).toEqual({ 茶: [1, 0, 1, 2], 壶: [0, 1, 0, 1], 云栖: [3, 0, 0, 1] })
  for (const { stages } of after.items) {
    for (const { customers, people } of stages) expect(await countOf(ctx, people)).toBe(customers)
  }
  expect((await goodsOfCustomer(ctx, ana!)).items).toMatchObject([
    { name: '茶', own: true, stage: 'active', daysSince: 10, days: 2, nextStage: 'silent', nextDay: ago(-20) },
    { name: '壶', own: false, stage: 'lost', daysSince: 300, days: 1, nextStage: null, nextDay: null },
    { name: '云栖', own: true, stage: 'active' },
  ])

  // By the clock alone: 20 days later she is silent in tea.
  ctx.clock.moveTo('2026-03-21T04:00:00Z')
  expect((await goodsOfCustomer(ctx, ana!)).items[0]).toMatchObject({ stage: 'silent', daysSince: 30 })
  expect(stagesIn((await stagesByGoods(ctx, {})).items).茶).toEqual([0, 1, 0, 3])
  expect(stagesIn((await stagesByGoods(ctx, { asOf: ago(100) })).items)).toEqual({
    茶: [0, 0, 0, 1],
    壶: [0, 0, 1, 0],
    云栖: [0, 0, 1, 0],
  })
})

test('before saving one sees who would move, each number opens them, and nothing is announced of anybody', async () => {
  const ctx = await house()
  await whoBought(ctx, [{ 茶: [10] }, { 茶: [40] }, { 茶: [89] }, { 茶: [100] }, { 壶: [40] }])
  await keepStages(ctx)
  const told = async () =>
    (await sql<{ count: number }>`select count(*) from facts where kind = 'lifecycle.stage_changed'`.execute(ctx.db))
      .rows[0]!.count
  const news = await told()

  const ofTea = await previewThresholds(ctx, { of: { category: '茶' }, active: 30, silent: 60, sleeping: 95 })
  const ofShop = await previewThresholds(ctx, { active: 41, silent: 90, sleeping: 270 })

  expect(ofTea.moves.map(({ from, to, customers }) => [from, to, customers])).toEqual(
    expect.arrayContaining([
      ['active', 'silent', 1],
      ['active', 'sleeping', 1],
      ['silent', 'lost', 1],
    ]),
  )
  expect(ofTea.after).toMatchObject({ active: 1, silent: 1, sleeping: 1, lost: 1 })
  expect(ofShop.moves.map(({ from, to, customers }) => [from, to, customers])).toEqual(
    expect.arrayContaining([
      ['active', 'silent', 1],
      ['silent', 'sleeping', 1],
    ]),
  )
  for (const { customers, people } of [...ofTea.moves, ...ofShop.moves])
    expect(await countOf(ctx, people)).toBe(customers)

  const of = { category: '茶' }
  await saveGoodsThresholds(ctx, { of, thresholds: { active: 30, silent: 60, sleeping: 95 } }, 0)
  await keepStages(ctx)
  expect(await told()).toBe(news)
  await expect(
    saveGoodsThresholds(ctx, { of, thresholds: { active: 1, silent: 2, sleeping: 3 } }, 0),
  ).rejects.toMatchObject({ code: 'http.stale' })
  await expect(
    saveGoodsThresholds(ctx, { of: { category: '酒' }, thresholds: { active: 1, silent: 2, sleeping: 3 } }, 0),
  ).rejects.toMatchObject({ code: 'lifecycle.unknown_goods' })
  expect(await saveGoodsThresholds(ctx, { of, thresholds: null }, 1)).toEqual({ thresholds: null, version: 0 })
})

test('limits are suggested from how long people really stayed away, of the shop and of some goods; from few, nothing', async () => {
  const ctx = await house()
  // 24 people came back to tea after 20 to 43 days, twice; ten bought a pot once.
  const steady = Array.from({ length: 24 }, (_, at) => ({ 茶: [5, 25 + at, 45 + 2 * at] }))
  await whoBought(ctx, [...steady, ...Array.from({ length: 10 }, () => ({ 壶: [50] }))])

  const tea = await gapsOf(ctx, { category: '茶' })
  const pots = await gapsOf(ctx, { category: '壶' })
  const shop = await gapsOf(ctx)

  expect(tea).toMatchObject({ buyers: 24, comers: 24, gaps: 48 })
  expect(tea.quantiles![0]!.days).toBe(29)
  expect(tea.suggested).toEqual({ active: 35, silent: 38, sleeping: 40 })
  // The last four of each would rest on fewer than ten silences.
  expect(tea.points.at(-1)!.share).toBeCloseTo(20 / 24)
  expect(pots).toMatchObject({ buyers: 10, comers: 0, gaps: 0, points: [], quantiles: null, suggested: null })
  // Whom nobody has seen again after 50 days pull the shop's line down, not its rhythm.
  expect(shop).toMatchObject({ buyers: 34, comers: 24, gaps: 48 })
  expect(shop.points.at(-1)!.share).toBeLessThan(tea.points.at(-1)!.share)
})
