import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { projectAll, rebuild } from '#understand/projection/index.ts'
import { anAnonymousOrder, someCustomers } from '#understand/projection/testing/records.ts'
import { metrics, overview } from './index.ts'

const house = useHouse()

function numberOf(found: Awaited<ReturnType<typeof overview>>, key: string) {
  return found.metrics.find((one) => one.key === key)!.value
}

describe('the overview', () => {
  test('leaves out what staff and tests bought, and counts it again when they are customers after all', async () => {
    const ctx = await house()
    const [, lin] = await someCustomers(ctx, [
      { orders: [{ day: '2026-02-20', amount: 100 }] },
      { orders: [{ day: '2026-02-21', amount: 900 }] },
    ])
    await projectAll(ctx)
    const marked = async (mark: 'staff' | null) => {
      await sql`update customers set mark = ${mark}, version = version + 1, xid = pg_current_xact_id() where id = ${lin}`.execute(
        ctx.db,
      )
      await projectAll(ctx)
      const found = await overview(ctx)
      return ['customers', 'buyers', 'revenue', 'purchases'].map((key) => numberOf(found, key))
    }

    const without = await marked('staff')
    await rebuild(ctx)
    const rebuilt = await marked('staff')
    const all = await marked(null)

    expect(without).toEqual([1, 1, 100, 1])
    expect(rebuilt).toEqual(without)
    expect(all).toEqual([2, 2, 1000, 2])
  })

  test('shows what was sold, who bought, and where customers stand', async () => {
    const ctx = await house()
    await someCustomers(ctx, [
      { orders: [{ day: '2026-02-20', amount: 100 }] },
      {
        orders: [
          { day: '2025-10-01', amount: 500 },
          { day: '2026-02-25', amount: 300 },
        ],
      },
      {
        orders: [
          { day: '2025-10-01', amount: 1000 },
          { day: '2025-10-05', amount: -400, kind: 'cancellation' },
        ],
      },
      {},
    ])
    await anAnonymousOrder(ctx, { day: '2026-02-26', amount: 50 })
    await projectAll(ctx)

    const found = await overview(ctx, { from: '2026-02-01', to: '2026-02-28' })

    expect(found.asOf).toBe('2026-03-01')
    expect(found.stages).toEqual({ active: 2, silent: 1, sleeping: 0, lost: 0, never: 1, new: 1 })
    expect(Object.fromEntries(found.metrics.map(({ key, value }) => [key, value]))).toEqual({
      customers: 4,
      buyers: 3,
      repeatBuyers: 1,
      repurchaseRate: 1 / 3,
      revenue: 1550,
      anonymousRevenue: 50,
      purchases: 5,
      averageOrder: 310,
      periodRevenue: 450,
      periodPurchases: 3,
      periodBuyers: 2,
      newBuyers: 1,
      returningBuyers: 1,
      periodAverageOrder: 150,
    })
    expect(found.months.map(({ month, revenue, buyers, newBuyers }) => [month, revenue, buyers, newBuyers])).toEqual([
      ['2025-10', 1100, 2, 2],
      ['2025-11', 0, 0, 0],
      ['2025-12', 0, 0, 0],
      ['2026-01', 0, 0, 0],
      ['2026-02', 450, 2, 1],
      ['2026-03', 0, 0, 0],
    ])
  })

  test('as of a past day only what was placed by then counts', async () => {
    const ctx = await house()
    await someCustomers(ctx, [
      {
        added: '2025-10-01',
        orders: [
          { day: '2025-10-01', amount: 500 },
          { day: '2026-02-25', amount: 300 },
        ],
      },
      { added: '2026-02-01', orders: [{ day: '2025-10-02', amount: 200 }] },
      { added: '2026-02-01' },
    ])
    await projectAll(ctx)

    const found = await overview(ctx, { asOf: '2025-12-31' })

    expect(found.stages).toEqual({ active: 0, silent: 2, sleeping: 0, lost: 0, never: 0, new: 0 })
    expect(numberOf(found, 'customers')).toBe(2)
    expect(numberOf(found, 'revenue')).toBe(700)
    expect(numberOf(found, 'repurchaseRate')).toBe(0)
    expect(found.months.map(({ month, buyers }) => [month, buyers])).toEqual([
      ['2025-10', 2],
      ['2025-11', 0],
      ['2025-12', 0],
    ])
  })

  test('staff of one shop see the numbers of that shop alone', async () => {
    const ctx = await house()
    await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
    await someCustomers(ctx, [
      { orders: [{ day: '2026-02-20', amount: 100 }] },
      {
        orders: [
          { day: '2026-02-20', amount: 70, shopId: 2 },
          { day: '2026-02-21', amount: 5 },
        ],
      },
    ])
    await projectAll(ctx)
    const mine = { ...ctx, actor: { ...ctx.actor, scope: { kind: 'shops' as const, shopIds: [2] } } }

    const found = await overview(mine)
    const other = await overview(mine, { shopId: 1 })

    expect([numberOf(found, 'customers'), numberOf(found, 'revenue'), numberOf(found, 'purchases')]).toEqual([1, 70, 1])
    expect([numberOf(other, 'customers'), numberOf(other, 'revenue')]).toEqual([0, 0])
  })

  test('an empty shop divides nothing by nothing', async () => {
    const ctx = await house()

    const { status, body } = await serverOf(ctx, [metrics]).request('GET', '/overview?asOf=2026-02-01')

    expect(status).toBe(200)
    expect(body.months).toEqual([])
    expect(body.metrics.find((one: { key: string }) => one.key === 'repurchaseRate').value).toBeNull()
  })

  test('a period that ends before it begins is refused', async () => {
    const ctx = await house()

    const { status, body } = await serverOf(ctx, [metrics]).request('GET', '/overview?from=2026-02-05&to=2026-02-01')

    expect([status, body.code]).toEqual([422, 'metrics.days_reversed'])
  })
})
