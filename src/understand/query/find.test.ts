import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition, CustomerQuery } from './contract.ts'
import { countCustomers, facetsOf, findAll, findCustomers, lensOf, planOf, regionsInUse } from './index.ts'

const house = useHouse()
const thresholds = { active: 90, silent: 180, sleeping: 270 }
const byLastPurchase: CustomerQuery['sort'] = { by: 'lastPurchase', direction: 'down' }

async function aShop(): Promise<{ ctx: TestContext; find(where: Condition): Promise<number[]> }> {
  const ctx = await house()
  await someCustomers(ctx, [
    {
      country: 'China',
      city: '上海',
      gender: 'female',
      phone: '+8613800000001',
      orders: [{ day: '2026-02-20', amount: 500 }],
    },
    {
      country: 'China',
      orders: [
        { day: '2025-11-01', amount: 900 },
        { day: '2025-11-20', amount: 900 },
      ],
    },
    {
      country: 'France',
      orders: [
        { day: '2025-01-01', amount: 70 },
        { day: '2025-02-01', kind: 'cancellation', amount: -70 },
      ],
    },
    { added: '2026-02-15' },
  ])
  await projectAll(ctx)
  return {
    ctx,
    async find(where) {
      const plan = planOf(where, byLastPurchase, await lensOf(ctx), { thresholds })
      const { items } = await findCustomers(ctx, plan, { limit: 100 })
      expect(await countCustomers(ctx, plan)).toBe(items.length)
      return items.map(({ customerId }) => customerId).sort()
    },
  }
}

describe('questions', () => {
  test('about attributes, days, amounts and stages', async () => {
    const { find } = await aShop()

    expect(await find({ is: 'text', field: 'country', in: ['China'] })).toEqual([1, 2])
    expect(await find({ is: 'has', what: 'phone' })).toEqual([1])
    expect(await find({ is: 'stage', in: ['active', 'never'] })).toEqual([1, 4])
    expect(await find({ is: 'new' })).toEqual([1])
    expect(await find({ is: 'number', field: 'revenue', atMost: 0 })).toEqual([3, 4])
    expect(await find({ is: 'number', field: 'daysSince', atLeast: 100, atMost: 110 })).toEqual([2])
    expect(await find({ is: 'bought', from: '2025-11-10', to: '2025-11-30' })).toEqual([2])
    expect(await find({ is: 'within', field: 'added', days: 20 })).toEqual([4])
    expect(await find({ is: 'shop', in: [1] })).toEqual([1, 2, 3])
    expect(await find({ is: 'shop', in: [2] })).toEqual([])
    expect(
      await find({
        is: 'and',
        of: [
          { is: 'text', field: 'country', in: ['China'] },
          { is: 'not', of: { is: 'new' } },
        ],
      }),
    ).toEqual([2])
  })

  test('unknown is not no', async () => {
    const { find } = await aShop()
    const fromChina: Condition = { is: 'text', field: 'country', in: ['China'] }

    expect(await find({ is: 'not', of: fromChina })).toEqual([3])
    expect(
      await find({
        is: 'or',
        of: [
          { is: 'not', of: fromChina },
          { is: 'not', of: { is: 'known', field: 'country' } },
        ],
      }),
    ).toEqual([3, 4])
    expect(await find({ is: 'not', of: { is: 'day', field: 'lastPurchase', from: '2026-01-01' } })).toEqual([2, 3])
    expect(await find({ is: 'not', of: { is: 'stage', in: ['active'] } })).toEqual([2, 3, 4])
    expect(await find({ is: 'or', of: [fromChina, { is: 'everyone' }] })).toEqual([1, 2, 3, 4])
  })

  test('as of a past day are answered from what was placed by then', async () => {
    const { ctx } = await aShop()
    const lens = await lensOf(ctx, { asOf: '2025-11-10' })
    const plan = planOf({ is: 'everyone' }, byLastPurchase, lens, { thresholds })

    const { items } = await findCustomers(ctx, plan, { limit: 10 })

    expect(items).toEqual([
      { customerId: 2, firstPurchase: '2025-11-01', lastPurchase: '2025-11-01', purchases: 1, revenue: 900 },
      { customerId: 3, firstPurchase: '2025-01-01', lastPurchase: '2025-01-01', purchases: 1, revenue: 0 },
    ])
  })
})

describe('pages', () => {
  test('hold everybody once, in every order, and the export walks the same way', async () => {
    const { ctx } = await aShop()
    await someCustomers(ctx, [{ orders: [{ day: '2026-02-20', amount: 500 }] }, {}])
    await projectAll(ctx)
    for (const by of ['added', 'firstPurchase', 'lastPurchase', 'purchases', 'revenue'] as const) {
      for (const direction of ['up', 'down'] as const) {
        const plan = planOf({ is: 'everyone' }, { by, direction }, await lensOf(ctx), {})
        const all = (await findCustomers(ctx, plan, { limit: 100 })).items.map(({ customerId }) => customerId)

        const paged: number[] = []
        for (let after: string | undefined; ; ) {
          const page = await findCustomers(ctx, plan, { limit: 2, after })
          paged.push(...page.items.map(({ customerId }) => customerId))
          if (!page.next) break
          after = page.next
        }
        const exported = (await Array.fromAsync(findAll(ctx, plan, 4))).flat().map(({ customerId }) => customerId)

        expect([...paged].sort()).toEqual([1, 2, 3, 4, 5, 6])
        expect(paged).toEqual(all)
        expect(exported).toEqual(all)
      }
    }
  })

  test('a cursor of another order is refused', async () => {
    const { ctx } = await aShop()
    const lens = await lensOf(ctx)
    const { next } = await findCustomers(ctx, planOf({ is: 'everyone' }, byLastPurchase, lens, {}), { limit: 1 })

    const other = planOf({ is: 'everyone' }, { by: 'revenue', direction: 'down' }, lens, {})

    await expect(findCustomers(ctx, other, { limit: 1, after: next })).rejects.toMatchObject({ code: 'page.cursor' })
  })
})

describe('facets', () => {
  test('are the values in use, most frequent first', async () => {
    const { ctx } = await aShop()

    expect(await facetsOf(ctx)).toEqual({
      country: [
        { value: 'China', customers: 2 },
        { value: 'France', customers: 1 },
      ],
      province: [],
      city: [{ value: '上海', customers: 1 }],
      gender: [{ value: 'female', customers: 1 }],
    })
    expect((await facetsOf(ctx, { country: 'France' })).city).toEqual([])

    await sql`update customers set region = case when country = 'France' then 1000147 when city = '上海' then 310000 else 100000 end,
                province = case when country = 'France' then 'Normandie' end, xid = pg_current_xact_id()`.execute(
      ctx.db,
    )
    await projectAll(ctx)
    expect(await regionsInUse(ctx)).toEqual([
      { place: 100_000, customers: 2 },
      { place: 310_000, customers: 1 },
      { place: 'FR/Normandie', customers: 1 },
    ])
  })

  test('staff of another shop see nobody', async () => {
    const { ctx } = await aShop()
    const stranger = { ...ctx, actor: { ...ctx.actor, scope: { kind: 'shops' as const, shopIds: [9] } } }

    expect((await facetsOf(stranger)).country).toEqual([])
    expect(await regionsInUse(stranger)).toEqual([])
    const plan = planOf({ is: 'everyone' }, byLastPurchase, await lensOf(stranger), {})
    expect(await countCustomers(stranger, plan)).toBe(0)
  })
})
