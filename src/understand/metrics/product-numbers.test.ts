import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Scope } from '#platform/context.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import {
  anAnonymousOrder,
  anOrder,
  giveProfile,
  type MadeOrder,
  profileOf,
  someCustomers,
} from '#understand/projection/testing/records.ts'
import { type Condition, everyone } from '#understand/query/contract.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { metrics, productNumbers } from './index.ts'

const house = useHouse()

/** A shop that sells a mug (product 1) and tea (product 2), and has a second shop. */
async function aShop() {
  const ctx = await house()
  await sql`insert into shops (code, name) values ('second', 'Second shop')`.execute(ctx.db)
  await sql`insert into products (code, name, kind) values ('MUG', 'Mug', 'goods'), ('TEA', 'Tea', 'goods')`.execute(
    ctx.db,
  )
  const customers = await someCustomers(ctx, [{}, {}, {}])
  /** An order whose first line is of a product, some pieces of it. */
  const sell = async (customer: number | null, order: MadeOrder, pieces = 1, product = 1) => {
    const id =
      customer === null
        ? await anAnonymousOrder(ctx, order)
        : await anOrder(ctx, await profileOf(ctx, customers[customer]!), order)
    await sql`update order_lines set product_id = ${product}, quantity = ${pieces} where order_id = ${id} and line = 1`.execute(
      ctx.db,
    )
    return id
  }
  return { ctx, customers, sell }
}

async function people(ctx: TestContext, where: Condition = everyone) {
  const plan = planOf(where, { by: 'added', direction: 'up' }, await lensOf(ctx), {})
  return countCustomers(ctx, plan)
}

const seeing = (ctx: TestContext, scope: Scope): TestContext => ({ ...ctx, actor: { ...ctx.actor, scope } })

describe('what a product sold', () => {
  test('net of what came back, with who bought it and who came back for it', async () => {
    const { ctx, sell } = await aShop()
    await sell(0, { day: '2025-12-03', lines: [3000, 600] }, 3)
    await sell(0, { day: '2025-12-05', kind: 'cancellation', amount: -1000 }, -1)
    await sell(0, { day: '2026-02-10', amount: 1000 }, 1)
    await sell(1, { day: '2026-02-11', amount: 500 }, 0.5)
    await sell(1, { day: '2026-02-12', amount: 9900, status: 'void' }, 9)
    await sell(2, { day: '2026-02-13', amount: 700 }, 2, 2)
    await sell(null, { day: '2026-02-14', amount: 1000 }, 1)
    await projectAll(ctx)

    const found = await productNumbers(ctx, { id: 1 })

    expect(found).toMatchObject({
      asOf: '2026-03-01',
      currency: 'CNY',
      quantity: 4.5,
      revenue: 4500,
      purchases: 4,
      buyers: 2,
      repeatBuyers: 1,
      firstSold: '2025-12-03',
      lastSold: '2026-02-14',
    })
    expect(found.months.map(({ people, ...month }) => Object.values(month))).toEqual([
      ['2025-12', 2, 2000, 1, 1],
      ['2026-01', 0, 0, 0, 0],
      ['2026-02', 2.5, 2500, 3, 2],
      ['2026-03', 0, 0, 0, 0],
    ])
    expect(await people(ctx, found.people.buyers)).toBe(2)
    expect(await people(ctx, found.people.repeatBuyers)).toBe(1)
    expect(await Promise.all(found.months.map((month) => people(ctx, month.people)))).toEqual([1, 0, 2, 0])
    expect(await people(ctx, { is: 'not', of: found.people.buyers })).toBe(1)
  })

  test('two lines of it in one order are one purchase', async () => {
    const { ctx, sell } = await aShop()
    const order = await sell(0, { day: '2026-02-10', lines: [1000, 1000] })
    await sql`update order_lines set product_id = 1 where order_id = ${order}`.execute(ctx.db)
    await projectAll(ctx)

    expect(await productNumbers(ctx, { id: 1 })).toMatchObject({
      quantity: 2,
      revenue: 2000,
      purchases: 1,
      buyers: 1,
      repeatBuyers: 0,
    })
  })

  test('a person who is found to be two profiles came back', async () => {
    const { ctx, customers, sell } = await aShop()
    await sell(0, { day: '2026-02-10' })
    await sell(1, { day: '2026-02-11' })
    await giveProfile(ctx, await profileOf(ctx, customers[1]!), customers[0]!)
    await projectAll(ctx)

    const found = await productNumbers(ctx, { id: 1 })

    expect([found.buyers, found.repeatBuyers]).toEqual([1, 1])
    expect(await people(ctx, found.people.repeatBuyers)).toBe(1)
  })

  test('as of a past day only what was sold by then counts, anonymous sales too', async () => {
    const { ctx, sell } = await aShop()
    await sell(0, { day: '2025-12-03', amount: 1000 })
    await sell(null, { day: '2026-02-14', amount: 1000 })
    await projectAll(ctx)

    const found = await productNumbers(ctx, { id: 1, asOf: '2025-12-31' })

    expect([found.purchases, found.revenue, found.lastSold]).toEqual([1, 1000, '2025-12-03'])
    expect(found.months.at(-1)?.month).toBe('2025-12')
  })

  test('staff of one shop see what that shop sold, and its people', async () => {
    const { ctx, sell } = await aShop()
    await sell(0, { day: '2026-02-10', amount: 1000 })
    await sell(0, { day: '2026-02-11', amount: 300, shopId: 2 })
    await sell(1, { day: '2026-02-12', amount: 1000 })
    await projectAll(ctx)
    const second = seeing(ctx, { kind: 'shops', shopIds: [2] })

    const found = await productNumbers(second, { id: 1 })

    expect([found.revenue, found.purchases, found.buyers, found.repeatBuyers]).toEqual([300, 1, 1, 0])
    expect(await people(second, found.people.buyers)).toBe(1)
    expect(await people(second, found.people.repeatBuyers)).toBe(0)
    expect((await productNumbers(second, { id: 1, shopId: 1 })).purchases).toBe(0)
    expect((await productNumbers(seeing(ctx, { kind: 'shops', shopIds: [] }), { id: 1 })).purchases).toBe(0)
  })

  test('a product that never sold has no days, no months and no people', async () => {
    const { ctx } = await aShop()
    const server = serverOf(ctx, [metrics])

    expect((await server.request('GET', '/products/2/numbers')).body).toMatchObject({
      quantity: 0,
      revenue: 0,
      buyers: 0,
      firstSold: null,
      lastSold: null,
      months: [],
    })
    expect((await server.request('GET', '/products/99/numbers')).body.code).toBe('catalog.unknown')
  })
})
