import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { TimelineRow } from '#know/customers/index.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { exportOrders } from './export-orders.ts'
import { ordersModule } from './module.ts'
import { orderWords } from './order-words.ts'
import { searchByNumber } from './search-by-number.ts'

const house = useHouse()
const assistant = staffActor(['orders.read', 'orders.edit'])

/** A shop with a second one, a mug for 10.00, postage, and Wang Fang, whom staff know. */
async function aShop() {
  const ctx = await house()
  await sql`insert into shops (code, name) values ('second', 'Second shop')`.execute(ctx.db)
  await sql`
    insert into products (code, name, kind, price)
    values ('MUG', 'Mug', 'goods', 1000), ('POST', 'Postage', 'postage', null)`.execute(ctx.db)
  const customerId = await aCustomer(ctx, '王芳')
  const shop = serverOf(ctx, [ordersModule], assistant)
  const sell = (order: object = {}) =>
    shop.request('POST', '/orders', {
      body: { shopId: 1, customerId, lines: [{ productId: 1, quantity: 3, unitPrice: '10.00' }], ...order },
    })
  const giveBack = (id: number, body: object = {}) => shop.request('POST', `/orders/${id}/cancellations`, { body })
  return { ctx, shop, sell, giveBack, customerId }
}

async function aCustomer(ctx: TestContext, name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with customer as (insert into customers (name) values (${name}) returning id),
    profile as (insert into profiles (source_id, external_id) select 1, 'customer:' || id from customer returning id),
    map as (insert into profile_customers (profile_id, customer_id) select profile.id, customer.id from profile, customer)
    select id from customer`.execute(ctx.db)
  return rows[0]!.id
}

async function facts(ctx: TestContext) {
  const { rows } = await sql<{ kind: string; data: object; profileId: number; subjectId: number; at: Date }>`
    select kind, data, profile_id, subject_id, at from facts order by id`.execute(ctx.db)
  return rows
}

describe('recording a sale', () => {
  test('at the counter, for a customer: amounts are computed, the day is the shop’s, the timeline knows', async () => {
    const { ctx, sell, customerId } = await aShop()
    ctx.clock.moveTo('2026-03-01T17:30:00Z') // half past one in the morning of the 2nd in Shanghai

    const { status, body } = await sell({
      lines: [
        { productId: 1, quantity: 3, unitPrice: '10.00' },
        { productId: 2, quantity: 1, unitPrice: '6' },
        { kind: 'discount', name: 'Regular', quantity: 1, unitPrice: '-5.5' },
      ],
    })

    expect(status).toBe(201)
    expect(body).toMatchObject({
      kind: 'sale',
      status: 'completed',
      day: '2026-03-02',
      amount: 3050,
      net: 3050,
      customer: { id: customerId, name: '王芳' },
      shop: { id: 1 },
      source: { code: 'staff' },
      foreign: null,
      lines: [
        { line: 1, kind: 'goods', name: 'Mug', quantity: 3, unitPrice: '10', amount: 3000, product: { code: 'MUG' } },
        { line: 2, kind: 'postage', name: 'Postage', amount: 600 },
        { line: 3, kind: 'discount', name: 'Regular', amount: -550, product: null },
      ],
    })
    expect(body.number).toBe(`S20260302-${body.id}`)
    expect(await facts(ctx)).toMatchObject([
      { kind: 'orders.placed', subjectId: body.id, data: { amount: 3050, number: body.number } },
    ])
  })

  test('of nobody we know is an anonymous sale that can be claimed later', async () => {
    const { ctx, sell } = await aShop()

    const { body } = await sell({ customerId: undefined, number: 'A-1' })

    expect(body).toMatchObject({ customer: null, number: 'A-1' })
    const { rows } = await sql`select external_id from profiles where external_id like 'order:%'`.execute(ctx.db)
    expect(rows).toEqual([{ externalId: 'order:A-1' }])
  })

  test('with a number that was used is refused, and nothing of it is kept', async () => {
    const { ctx, sell } = await aShop()
    await sell({ number: 'A-1' })

    const answers = [await sell({ number: 'A-1' }), await sell({ number: 'A-1', customerId: undefined })]

    for (const answer of answers) expect(answer).toMatchObject({ status: 409, body: { code: 'orders.number_taken' } })
    expect((await sql`select 1 from orders`.execute(ctx.db)).rows).toHaveLength(1)
    expect((await sql`select 1 from order_lines`.execute(ctx.db)).rows).toHaveLength(1)
    expect((await sql`select 1 from profiles`.execute(ctx.db)).rows).toHaveLength(1)
  })

  test('in another currency needs a dated rate, which is kept with it', async () => {
    const { sell } = await aShop()
    const lines = [{ productId: 1, quantity: 2, unitPrice: '19.99' }]

    const without = await sell({ currency: 'USD', lines })
    const { body } = await sell({ currency: 'USD', rate: '7.1234', lines })

    expect(without).toMatchObject({ status: 422, body: { code: 'orders.foreign_currency' } })
    expect(body).toMatchObject({ amount: 28479, foreign: { currency: 'USD', amount: 3998, rate: '7.1234' } })
  })

  test.each([
    ['orders.unknown_product', { lines: [{ productId: 99, quantity: 1, unitPrice: '1' }] }],
    ['orders.unnamed_line', { lines: [{ quantity: 1, unitPrice: '1' }] }],
    ['orders.line_sign', { lines: [{ productId: 1, quantity: 1, unitPrice: '-1' }] }],
    ['orders.line_sign', { lines: [{ kind: 'discount', name: 'Off', quantity: 1, unitPrice: '1' }] }],
    ['orders.below_zero', { lines: [{ kind: 'discount', name: 'Off', quantity: 1, unitPrice: '-1' }] }],
    ['orders.too_large', { lines: [{ productId: 1, quantity: 9_999_999, unitPrice: '999999999999' }] }],
    ['orders.unknown_shop', { shopId: 99 }],
    ['orders.unknown_customer', { customerId: 99 }],
    ['orders.future', { placedAt: '2026-03-03T00:00:00Z' }],
  ])('is refused as %s', async (code, order) => {
    const { sell } = await aShop()

    expect((await sell(order)).body.code).toBe(code)
  })

  test('twice with the same key is one sale', async () => {
    const { ctx, shop } = await aShop()
    const request = () =>
      shop.request('POST', '/orders', {
        body: { shopId: 1, lines: [{ productId: 1, quantity: 1, unitPrice: '10' }] },
        headers: { 'idempotency-key': 'one' },
      })

    const first = await request()
    const second = await request()

    expect(second.body).toEqual(first.body)
    expect((await sql`select 1 from orders`.execute(ctx.db)).rows).toHaveLength(1)
  })
})

describe('giving back', () => {
  test('a part is a document of its own; sale and cancellation show each other, and the sale is worth the rest', async () => {
    const { ctx, shop, sell, giveBack } = await aShop()
    const sale = (await sell()).body

    const back = await giveBack(sale.id, { lines: [{ line: 1, quantity: 1 }] })
    const after = (await shop.request('GET', `/orders/${sale.id}`)).body
    const list = (await shop.request('GET', '/orders')).body

    expect(back).toMatchObject({
      status: 201,
      body: {
        kind: 'cancellation',
        amount: -1000,
        cancels: { id: sale.id, number: sale.number },
        customer: sale.customer,
        lines: [{ quantity: -1, amount: -1000, unitPrice: '10', cancelsLine: 1 }],
      },
    })
    expect(after).toMatchObject({
      amount: 3000,
      net: 2000,
      cancellations: [{ id: back.body.id, amount: -1000 }],
      lines: [{ left: { quantity: 2, amount: 2000 } }],
    })
    expect(list.items).toMatchObject([
      { id: back.body.id, net: -1000 },
      { id: sale.id, net: 2000 },
    ])
    expect((await facts(ctx))[1]).toMatchObject({ kind: 'orders.cancelled', data: { amount: -1000 } })
  })

  test('the whole leaves nothing, and nothing can be given back after it', async () => {
    const { shop, sell, giveBack } = await aShop()
    const sale = (await sell()).body
    await giveBack(sale.id, { lines: [{ line: 1, quantity: 1.5 }] })

    const rest = await giveBack(sale.id)

    expect(rest.body).toMatchObject({ amount: -1500, lines: [{ quantity: -1.5 }] })
    expect((await shop.request('GET', `/orders/${sale.id}`)).body.net).toBe(0)
    expect((await giveBack(sale.id)).body.code).toBe('orders.nothing_left')
    expect((await giveBack(rest.body.id)).body.code).toBe('orders.not_a_sale')
  })

  test('the same mugs at two counters at once: one of them is refused', async () => {
    const { ctx, sell, giveBack } = await aShop()
    const sale = (await sell()).body
    const two = { lines: [{ line: 1, quantity: 2 }] }

    const answers = await Promise.all(Array.from({ length: 6 }, () => giveBack(sale.id, two)))

    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
    for (const answer of answers.filter((answer) => answer.status !== 201)) {
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'orders.more_than_sold', params: { line: 1, left: 1 } },
      })
    }
    const { rows } = await sql`select sum(amount)::bigint as net from orders`.execute(ctx.db)
    expect(rows).toEqual([{ net: 1000 }])
  })

  test('before it was sold is refused, and a foreign sale goes back at its own rate', async () => {
    const { sell, giveBack } = await aShop()
    const sale = (await sell({ currency: 'USD', rate: '7', placedAt: '2026-02-20T00:00:00Z' })).body

    const early = await giveBack(sale.id, { placedAt: '2026-02-19T00:00:00Z' })
    const back = await giveBack(sale.id, { lines: [{ line: 1, quantity: 1 }] })

    expect(early.body.code).toBe('orders.before_sale')
    expect(back.body).toMatchObject({ amount: -7000, foreign: { currency: 'USD', amount: -1000, rate: '7' } })
  })
})

describe('an open order', () => {
  test('is voided and then counts nowhere, or completed', async () => {
    const { ctx, shop, sell } = await aShop()
    const open = (await sell({ status: 'open' })).body
    const settle = (status: string, version: number) =>
      shop.request('PUT', `/orders/${open.id}/status`, { body: { status }, headers: { 'if-match': `"${version}"` } })

    const voided = await settle('void', 1)

    expect(voided.body).toMatchObject({ status: 'void', amount: 3000, net: 0, version: 2 })
    expect((await settle('completed', 1)).status).toBe(412)
    expect((await settle('completed', 2)).body.code).toBe('orders.not_open')
    expect((await shop.request('POST', `/orders/${open.id}/cancellations`, { body: {} })).body.code).toBe(
      'orders.is_void',
    )
    expect((await facts(ctx)).at(-1)).toMatchObject({ kind: 'orders.changed', data: { amount: 0 } })
  })

  test('or a sale that goes back says why, to who may read notes, on its page, on timelines and in files', async () => {
    const { ctx, shop, sell, giveBack } = await aShop()
    const open = (await sell({ number: 'O-1', status: 'open', placedAt: '2026-02-20T00:00:00Z' })).body
    const sale = (await sell({ number: 'S-1' })).body
    const [body, match] = [{ status: 'void', reason: '改主意了' }, { 'if-match': '"1"' }]

    const voided = await shop.request('PUT', `/orders/${open.id}/status`, { body, headers: match })
    const back = (await giveBack(sale.id, { number: 'R-1', reason: '收到时已碎' })).body
    const paid = (await sell({ number: 'P-1', status: 'open' })).body
    const completed = await shop.request('PUT', `/orders/${paid.id}/status`, {
      body: { status: 'completed', reason: 'none' },
      headers: match,
    })

    expect([voided.body.reason, back.reason, completed.body.reason]).toEqual(['改主意了', '收到时已碎', null])
    const masked = { as: staffActor(['orders.read'], { sight: { notes: 'none' } }) }
    const shown = (await shop.request('GET', `/orders/${sale.id}`)).body.cancellations
    const hidden = (await shop.request('GET', `/orders/${sale.id}`, masked)).body.cancellations
    expect([shown, hidden]).toMatchObject([[{ number: 'R-1', reason: '收到时已碎' }], [{ reason: '***' }]])
    const rows = (await facts(ctx)).map((fact) => ({ ...fact }) as unknown as TimelineRow)
    expect(JSON.stringify(rows)).not.toContain('已碎')
    expect([...(await orderWords(ctx, rows))].map(([row, words]) => [row.kind, words])).toEqual([
      ['orders.placed', 'Mug'],
      ['orders.placed', 'Mug'],
      ['orders.changed', '改主意了'],
      ['orders.cancelled', 'Mug · 收到时已碎'],
      ['orders.placed', 'Mug'],
    ])
    const file: Uint8Array[] = []
    for await (const piece of exportOrders(ctx, { locale: 'en' })) file.push(piece)
    expect(Buffer.concat(file).toString()).toMatch(/"R-1",.*收到时已碎/)
  })

  test('of which something was given back cannot be voided', async () => {
    const { shop, sell, giveBack } = await aShop()
    const open = (await sell({ status: 'open' })).body
    await giveBack(open.id, { lines: [{ line: 1, quantity: 1 }] })

    const answer = await shop.request('PUT', `/orders/${open.id}/status`, {
      body: { status: 'void' },
      headers: { 'if-match': '"1"' },
    })

    expect(answer.body.code).toBe('orders.has_given_back')
  })
})

describe('the list of orders', () => {
  test('is filtered by shop, kind, status, day, number and customer', async () => {
    const { ctx, shop, sell, giveBack, customerId } = await aShop()
    const other = await aCustomer(ctx, '李雷')
    const numbers = async (query: string) =>
      (await shop.request('GET', `/orders?${query}`)).body.items.map((item: { number: string }) => item.number)
    await sell({ number: 'A-1', placedAt: '2026-02-10T15:59:59Z' }) // one second before midnight in Shanghai
    await sell({ number: 'A-2', placedAt: '2026-02-10T16:00:00Z', customerId: other })
    await sell({ number: 'B_1', shopId: 2, status: 'open' })
    await giveBack(1, { number: 'R-1' })

    expect(await numbers('')).toEqual(['R-1', 'B_1', 'A-2', 'A-1'])
    expect(await numbers('shopId=2')).toEqual(['B_1'])
    expect(await numbers('kind=cancellation')).toEqual(['R-1'])
    expect(await numbers('status=open')).toEqual(['B_1'])
    expect(await numbers('from=2026-02-11&to=2026-02-11')).toEqual(['A-2'])
    expect(await numbers('to=2026-02-10')).toEqual(['A-1'])
    expect(await numbers('number=a-')).toEqual(['A-2', 'A-1'])
    expect(await numbers('number=b_')).toEqual(['B_1'])
    expect(await numbers(`customerId=${customerId}&limit=2`)).toEqual(['R-1', 'B_1'])
    expect(await numbers(`customerId=${other}`)).toEqual(['A-2'])
  })

  test('pages through sales of the same instant, each once, also those of one customer', async () => {
    const { ctx, shop, customerId } = await aShop()
    await sql`
      insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
      select 1, 1, 1, n::text, 'sale', timestamptz '2026-02-01T00:00:00.123456Z' + (n / 4) * interval '1 microsecond',
             '2026-02-01', 100, 1
        from generate_series(1, 25) n`.execute(ctx.db)

    for (const filter of ['', `&customerId=${customerId}`]) {
      const seen: string[] = []
      let after = ''
      do {
        const { body } = await shop.request('GET', `/orders?limit=7${filter}${after && `&after=${after}`}`)
        seen.push(...body.items.map((item: { number: string }) => item.number))
        after = body.next ?? ''
      } while (after)
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(25 - index)))
    }
  })

  test('and everything else shows a member of staff the orders of her own shops only', async () => {
    const { ctx, shop, sell, customerId } = await aShop()
    const mine = (await sell({ number: 'MINE-1' })).body
    const theirs = (await sell({ number: 'THEIRS-1', shopId: 2, customerId: await aCustomer(ctx, '李雷') })).body
    const her = staffActor(['orders.read', 'orders.edit'], { scope: { kind: 'shops', shopIds: [1] } })
    const as = { as: her }
    const lines = [{ productId: 1, quantity: 1, unitPrice: '1' }]

    const list = await shop.request('GET', '/orders', as)

    expect(list.body.items).toMatchObject([{ id: mine.id }])
    expect(await shop.request('GET', `/orders/${theirs.id}`, as)).toMatchObject({
      status: 404,
      body: { code: 'orders.unknown' },
    })
    expect((await shop.request('POST', `/orders/${theirs.id}/cancellations`, { ...as, body: {} })).status).toBe(404)
    const settled = await shop.request('PUT', `/orders/${theirs.id}/status`, {
      ...as,
      body: { status: 'void' },
      headers: { 'if-match': '"1"' },
    })
    expect(settled.status).toBe(404)
    const record = (body: object) => shop.request('POST', '/orders', { ...as, body: { lines, shopId: 1, ...body } })
    expect((await record({ shopId: 2 })).body.code).toBe('orders.unknown_shop')
    expect((await record({ customerId: theirs.customer.id })).body.code).toBe('orders.unknown_customer')
    expect((await record({ customerId })).status).toBe(201)
    const herContext = { ...ctx, actor: her }
    expect(await searchByNumber(herContext, 'theirs-1')).toEqual([])
    expect(await searchByNumber(herContext, 'mine-1')).toHaveLength(1)
  })
})

test('an order number finds whose it is, in any case, by its beginning', async () => {
  const { ctx, sell } = await aShop()
  await sell({ number: 'C536379' })
  await sell({ number: 'C536380' })

  expect(await searchByNumber(ctx, 'c5363')).toEqual([1])
  expect(await searchByNumber(ctx, '536379')).toEqual([])
  expect(await searchByNumber(ctx, 'c%')).toEqual([])
})
