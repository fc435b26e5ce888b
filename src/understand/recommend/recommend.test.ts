import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { appendBehaviour, type BehaviourKind, writeBatches } from '#know/behaviour/index.ts'
import { addDays } from '#platform/days.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, rowsOf, someCustomers } from '#understand/projection/testing/records.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { currentModel } from './current-model.ts'
import { recommend } from './index.ts'
import { train, trainWhenDue } from './train.ts'

const house = useHouse()
const today = '2026-03-01'
const [tea, pot, cups, scarf] = [1, 2, 3, 4]

/**
 * Thirty customers: ten take tea and pot together, ten tea every thirty days, ten cups alone. Scarf (4) is new, of the category of
 * cups; nobody took it. Ana (the last) bought tea 31 days ago and favoured cups six days ago.
 */
async function aShop() {
  const ctx = await house()
  await sql`insert into products (code, name, kind, category, price) values
    ('TEA', 'Tea', 'goods', 'Drinks', 5000), ('POT', 'Pot', 'goods', 'Table', 20000),
    ('CUP', 'Cups', 'goods', 'Table', 9000), ('SCARF', 'Scarf', 'goods', 'Table', 9000)`.execute(ctx.db)
  const people = await someCustomers(
    ctx,
    Array.from({ length: 31 }, (_, at) => ({ phone: at % 2 ? `+86138000000${at + 10}` : undefined })),
  )
  for (const [at, customer] of people.slice(0, 30).entries()) {
    const days = at >= 10 && at < 20 ? [10, 40, 70] : [20]
    for (const ago of days) await buy(ctx, customer, at < 20 ? tea : cups, ago)
    if (at < 10) await buy(ctx, customer, pot, 20)
  }
  const ana = people[30]!
  await buy(ctx, ana, tea, 31)
  await did(ctx, ana, 'favoured', cups, 6)
  await projectAll(ctx)
  return { ctx, people, ana }
}

async function buy(ctx: TestContext, customer: number, product: number, ago: number, shopId = 1): Promise<void> {
  const id = await anOrder(ctx, await profileOf(ctx, customer), { day: addDays(today, -ago), amount: 5000, shopId })
  await sql`update order_lines set product_id = ${product} where order_id = ${id}`.execute(ctx.db)
}

async function did(ctx: TestContext, customer: number, kind: BehaviourKind, product: number, ago: number) {
  const at = new Date(`${addDays(today, -ago)}T04:00:00Z`)
  const profileId = await profileOf(ctx, customer)
  await inTransaction(ctx, (ctx) =>
    appendBehaviour(ctx, [
      { profileId, at, receivedAt: at, sourceId: 1, kind, event: kind, products: ['x'], productIds: [product] },
    ]),
  )
  while (await writeBatches(ctx)) {}
}

type Shop = Awaited<ReturnType<typeof aShop>>
const askedBy = (
  { ctx }: Pick<Shop, 'ctx'>,
  actor = staffActor(['customers.read', 'customers.edit', 'catalog.read', 'insight.read']),
) => {
  const { request } = serverOf(ctx, [recommend], actor)
  return async (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const answer = await request(method, path, body === undefined ? {} : { body })
    // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
    return answer as { status: number; body: any }
  }
}

describe('a shop that has learnt', () => {
  let shop: Shop
  beforeEach(async () => {
    shop = await aShop()
    await train(shop.ctx)
  })

  test('a customer’s list says why: what runs out, what is among her favourites, what goes with what she bought', async () => {
    const { body } = await askedBy(shop)('GET', `/customers/${shop.ana}/next-products`)

    const said = body.items.map(({ product, reason }: never) => [(product as { code: string }).code, reason])
    expect(said[0]).toEqual(['TEA', { is: 'runs_out', every: 30, since: '2026-01-29', days: 31 }])
    expect(said[1]).toEqual(['CUP', { is: 'favoured', since: '2026-02-23', days: 6, times: 0 }])
    expect(said.slice(2)).toMatchObject([
      ['SCARF', { is: 'alike', product: { code: 'CUP' } }],
      ['POT', { is: 'related', product: { code: 'TEA' } }],
    ])
    expect(body.model).toMatchObject({ asOf: today, people: 31, products: 3 })
  })

  test('what is not for her goes at once, with who said so and why, and can be taken back; what she does now counts now', async () => {
    const ask = askedBy(shop)
    const list = `/customers/${shop.ana}/next-products`
    const codes = (body: { items: { product: { code: string } }[] }) => body.items.map(({ product }) => product.code)

    expect(
      (await ask('PUT', `/customers/${shop.ana}/refused-products/${cups}`, { why: 'has_it', words: 'A gift' })).status,
    ).toBe(200)
    const after = (await ask('GET', list)).body
    await did(shop.ctx, shop.ana, 'carted', scarf, 0)
    const now = (await ask('GET', list)).body
    await ask('DELETE', `/customers/${shop.ana}/refused-products/${cups}`)

    expect(codes(after)).not.toContain('CUP')
    expect(after.refused).toMatchObject([{ product: { code: 'CUP' }, why: 'has_it', words: 'A gift' }])
    expect(now.items.find(({ product }: never) => (product as { code: string }).code === 'SCARF').reason).toMatchObject(
      {
        is: 'carted',
        days: 0,
      },
    )
    expect(codes((await ask('GET', list)).body)).toContain('CUP')
    const { rows } = await sql<{
      kind: string
    }>`select kind from facts where kind like 'recommend.%' order by id`.execute(shop.ctx.db)
    expect(rows.map(({ kind }) => kind)).toEqual(['recommend.refused', 'recommend.taken_back'])
  })

  test('a product says what goes with it, and whom it would interest: the number is the list behind it', async () => {
    const ask = askedBy(shop)

    const related = (await ask('GET', `/products/${tea}/related`)).body
    const audience = (await ask('GET', `/products/${pot}/audience`)).body
    const fresh = (await ask('GET', `/products/${scarf}/audience`)).body

    expect(related.items).toMatchObject([{ product: { code: 'POT' }, together: 10, alike: false }])
    expect(audience).toMatchObject({
      customers: 11,
      haveIt: 10,
      because: [{ product: { code: 'TEA' }, customers: 11 }],
    })
    const { ctx } = shop
    const plan = planOf(audience.people, { by: 'added', direction: 'up' }, await lensOf(ctx), {})
    expect(await countCustomers(ctx, plan)).toBe(audience.customers)
    expect(fresh.because.map(({ product, alike }: never) => [(product as { code: string }).code, alike])).toEqual([
      ['CUP', true],
      ['POT', true],
    ])
    expect([fresh.customers, fresh.reachable]).toEqual([20, 10])
  })

  test('taste rests on evidence, and says so where there is too little', async () => {
    const ask = askedBy(shop)
    await buy(shop.ctx, shop.people[0]!, cups, 5)
    await projectAll(shop.ctx)

    const known = (await ask('GET', `/customers/${shop.people[0]}/taste`)).body
    const little = (await ask('GET', `/customers/${shop.people[25]}/taste`)).body

    expect(known).toMatchObject({ enough: true, products: 3, halfLife: { bought: 180, wished: 30 } })
    expect(known.categories.map(({ name, bought }: never) => [name, bought])).toEqual([
      ['Table', 2],
      ['Drinks', 1],
    ])
    expect(known.priceBands.length).toBeGreaterThan(0)
    expect(little).toMatchObject({ enough: false, products: 1, categories: [], words: null })
  })

  test('staff of another shop learn nothing of what was bought here, nor of who is not theirs', async () => {
    const { ctx, ana } = shop
    await sql`insert into shops (code, name) values ('second', 'Second shop')`.execute(ctx.db)
    await buy(ctx, ana, pot, 1, 2)
    await projectAll(ctx)
    const ask = askedBy(shop, staffActor(['customers.read'], { scope: { kind: 'shops', shopIds: [2] } }))

    const { body } = await ask('GET', `/customers/${ana}/next-products`)

    expect(body.items.map(({ reason }: never) => (reason as { is: string }).is)).not.toContain('runs_out')
    expect((await ask('GET', `/customers/${shop.people[1]}/next-products`)).status).toBe(404)
    expect((await ask('GET', `/customers/${shop.people[1]}/taste`)).status).toBe(404)
  })

  test('everybody’s lists can be read through, each customer once, and the old model’s rows are gone after the next', async () => {
    const { ctx } = shop
    const ask = askedBy(shop, staffActor(['customers.read']))
    const first = (await ask('GET', '/next-products?limit=20')).body
    const rest = (await ask('GET', `/next-products?limit=20&after=${first.next}`)).body

    const ids = [...first.items, ...rest.items].map(({ customerId }) => customerId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain(shop.ana)
    expect(rest.next).toBeUndefined()

    const model = await currentModel(ctx)
    await trainWhenDue(ctx)
    expect((await currentModel(ctx))?.number).toBe(model?.number)
    ctx.clock.moveTo(new Date('2026-03-02T04:00:00Z'))
    await trainWhenDue(ctx)
    const numbers = await rowsOf<{ model: number }>(ctx, 'SELECT DISTINCT model FROM next_products')
    expect(numbers).toEqual([{ model: model!.number + 1 }])
    await ctx.columns.command({ query: 'TRUNCATE TABLE product_habits SYNC' })
    expect(await currentModel(ctx)).toBeUndefined()
  })
})

test('before anything was learnt, what she did herself counts; a shop without sales learns without harm', async () => {
  const { ctx, ana } = await aShop()

  const { body } = await askedBy({ ctx })('GET', `/customers/${ana}/next-products`)

  expect(body.model).toBeNull()
  expect(body.items).toMatchObject([{ product: { code: 'CUP' }, reason: { is: 'favoured', days: 6 } }])
  const empty = await house()
  await projectAll(empty)
  await train(empty)
  expect(await currentModel(empty)).toMatchObject({ people: 0, products: 0, served: 0 })
})
