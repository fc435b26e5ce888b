import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { projectAll, projection, projectionLag, projectionPosition, projectOnce } from './index.ts'
import { anAnonymousOrder, anOrder, giveProfile, profileOf, rowsOf, someCustomers } from './testing/records.ts'

const house = useHouse()

type Trait = { customer_id: number; purchases: number; revenue: number; last_purchase: string | null }

function traitsOf(ctx: Context): Promise<Trait[]> {
  return rowsOf(ctx, 'SELECT customer_id, purchases, revenue, last_purchase FROM traits FINAL ORDER BY customer_id')
}

describe('the columns follow the records', () => {
  test('a customer and her orders are there after the projection', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [
      {
        country: 'China',
        orders: [
          { day: '2026-01-05', amount: 12_000 },
          { day: '2026-02-07', lines: [5_000, -500] },
          { day: '2026-02-09', amount: -2_000, kind: 'cancellation' },
          { day: '2026-02-11', amount: 99_900, status: 'void' },
        ],
      },
    ])

    await projectAll(ctx)

    expect(await traitsOf(ctx)).toEqual([
      { customer_id: ana, purchases: 2, revenue: 14_500, last_purchase: '2026-02-07' },
    ])
    expect(await rowsOf(ctx, 'SELECT days, sales, amounts FROM traits FINAL')).toEqual([
      { days: ['2026-01-05', '2026-02-07', '2026-02-09'], sales: [1, 1, 0], amounts: [12_000, 4_500, -2_000] },
    ])
    expect(await rowsOf(ctx, 'SELECT count() AS lines, sum(amount) AS amount FROM order_lines FINAL')).toEqual([
      { lines: 5, amount: 12_000 + 4_500 - 2_000 + 99_900 },
    ])
  })

  test('a sale to nobody known counts for the day but for no customer', async () => {
    const ctx = await house()
    await anAnonymousOrder(ctx, { day: '2026-02-01', amount: 700 })

    await projectAll(ctx)

    expect(await traitsOf(ctx)).toEqual([])
    expect(await rowsOf(ctx, 'SELECT day, revenue, purchases FROM sales FINAL')).toEqual([
      { day: '2026-02-01', revenue: 700, purchases: 1 },
    ])
  })

  test('an order that changes or moves to another day is counted once', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2026-01-05', lines: [100, 200, 300] }] }])
    await projectAll(ctx)

    await sql`update orders set day = '2026-01-09', amount = 100, line_count = 1, version = version + 1, xid = pg_current_xact_id()`.execute(
      ctx.db,
    )
    await sql`delete from order_lines where line > 1`.execute(ctx.db)
    await projectAll(ctx)

    expect(await traitsOf(ctx)).toEqual([{ customer_id: ana, purchases: 1, revenue: 100, last_purchase: '2026-01-09' }])
    expect(await rowsOf(ctx, 'SELECT line, amount FROM order_lines FINAL')).toEqual([{ line: 1, amount: 100 }])
    expect(await rowsOf(ctx, 'SELECT day, revenue FROM sales FINAL ORDER BY day')).toEqual([
      { day: '2026-01-05', revenue: 0 },
      { day: '2026-01-09', revenue: 100 },
    ])
  })

  test('a deleted order is forgotten, with its lines', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2026-01-05' }, { day: '2026-02-05' }] }])
    await projectAll(ctx)

    await sql`with gone as (delete from orders where day = '2026-02-05' returning id)
      insert into tombstones (entity, row_id) select 'orders', id from gone`.execute(ctx.db)
    await projectAll(ctx)

    expect(await traitsOf(ctx)).toEqual([
      { customer_id: ana, purchases: 1, revenue: 10_000, last_purchase: '2026-01-05' },
    ])
    expect(await rowsOf(ctx, 'SELECT count() AS lines FROM order_lines FINAL')).toEqual([{ lines: 1 }])
    expect(await rowsOf(ctx, 'SELECT sum(revenue) AS revenue FROM sales FINAL')).toEqual([{ revenue: 10_000 }])
  })

  test('merging moves the numbers, undoing it moves them back', async () => {
    const ctx = await house()
    const [ana, anna] = await someCustomers(ctx, [
      { orders: [{ day: '2026-01-05', amount: 100 }] },
      { orders: [{ day: '2026-02-05', amount: 200 }] },
    ])
    await projectAll(ctx)
    const before = await traitsOf(ctx)
    const profile = await profileOf(ctx, anna!)

    await giveProfile(ctx, profile, ana!)
    await projectAll(ctx)
    expect(await traitsOf(ctx)).toEqual([{ customer_id: ana, purchases: 2, revenue: 300, last_purchase: '2026-02-05' }])

    await giveProfile(ctx, profile, anna!)
    await projectAll(ctx)
    expect(await traitsOf(ctx)).toEqual(before)
  })

  test('a change that commits late is not skipped', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2026-01-05' }] }])
    const profile = await profileOf(ctx, ana!)
    await projectAll(ctx)

    const open = ctx.db.transaction().execute(async (db) => {
      await anOrder({ ...ctx, db }, profile, { day: '2026-01-06' })
      await someCustomers(ctx, [{ orders: [{ day: '2026-02-01' }] }]) // later, but committed first
      await projectOnce(ctx)
    })
    await open
    await projectAll(ctx)

    expect((await traitsOf(ctx)).map(({ purchases }) => purchases)).toEqual([2, 1])
  })

  test('the lag is shown, and the position moves with the records', async () => {
    const ctx = await house()
    await projectAll(ctx)
    const position = await projectionPosition(ctx)
    expect(await projectionLag(ctx)).toEqual({ lagSeconds: 0, pendingRows: 0 })

    await someCustomers(ctx, [{ orders: [{ day: '2026-01-05' }] }])
    const behind = await projectionLag(ctx)
    const { body } = await serverOf(ctx, [projection]).request('GET', '/projection')
    await projectAll(ctx)

    expect(behind.pendingRows).toBe(3)
    expect(body).toMatchObject({ pendingRows: 3, rebuilding: null })
    expect(await projectionLag(ctx)).toEqual({ lagSeconds: 0, pendingRows: 0 })
    expect(await projectionPosition(ctx)).not.toBe(position)
  })

  test('two processes take turns', async () => {
    const ctx = await house()
    await someCustomers(ctx, [{ orders: [{ day: '2026-01-05' }] }, { orders: [{ day: '2026-01-06' }] }])

    await Promise.all([projectAll(ctx), projectAll(ctx), projectOnce(ctx)])

    expect((await traitsOf(ctx)).length).toBe(2)
  })
})
