import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { ordersModule } from '#know/orders/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { reviews } from './module.ts'

const house = useHouse()
const rights = ['customers.read', 'customers.edit', 'orders.read', 'orders.edit']

test('a review of a line is the buyer’s, counts for the product, is answered, told right and taken away', async () => {
  const ctx = await house()
  await sql`insert into products (code, name, kind, price) values ('TEA', '白茶', 'goods', 1000)`.execute(ctx.db)
  const desk = serverOf(ctx, [reviews, ordersModule], staffActor(rights))
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const { body: order } = await desk.request('POST', '/orders', {
    body: { shopId: 1, customerId: id, lines: [{ productId: 1, quantity: 1, unitPrice: '10' }] },
  })
  const add = (body: object) => desk.request('POST', '/reviews', { body })
  const list = async (query: string) => (await desk.request('GET', `/reviews?${query}`)).body.items

  const first = await add({ orderId: order.id, line: 1, rating: 4, words: '很香', channel: '天猫' })
  await add({ customerId: id, productId: 1, rating: 1 })
  const answered = await desk.request('PUT', `/reviews/${first.body.id}/answer`, {
    body: { words: '谢谢您' },
    headers: { 'if-match': '"1"' },
  })
  const refused = [
    await add({ rating: 5 }),
    await add({ orderId: order.id, line: 9, rating: 5 }),
    await add({ orderId: 999, rating: 5 }),
    await add({ customerId: id, rating: 5, at: '2027-01-01T00:00:00Z' }),
  ]
  const right = await desk.request('PATCH', `/reviews/${first.body.id}`, {
    body: { rating: 5 },
    headers: { 'if-match': '"2"' },
  })

  expect(first).toMatchObject({
    status: 201,
    body: {
      ...{ rating: 4, words: '很香', channel: '天猫', source: null, answer: null },
      product: { id: 1, name: '白茶' },
      order: { id: order.id, line: 1 },
      customer: { id, name: '王芳' },
    },
  })
  expect(answered.body).toMatchObject({ answer: { words: '谢谢您' }, version: 2 })
  expect(refused.map(({ body }) => body.code)).toEqual([
    'reviews.of_whom',
    'reviews.unknown_line',
    'reviews.unknown_order',
    'reviews.not_yet',
  ])
  expect(right.body).toMatchObject({ rating: 5, words: '很香' })
  const ids = (items: { id: number }[]) => items.map((one) => one.id)
  expect(ids(await list(`orderId=${order.id}`))).toEqual([first.body.id])
  expect(await list(`customerId=${id}`)).toHaveLength(2)
  expect(ids(await list('productId=1&unanswered=true&atMost=2'))).toEqual([first.body.id + 1])
  expect((await desk.request('GET', '/products/1/reviews')).body).toEqual({
    count: 2,
    average: 3,
    ratings: [1, 0, 0, 0, 1],
  })
  await desk.request('DELETE', `/reviews/${first.body.id}`, { headers: { 'if-match': '"3"' } })
  expect((await desk.request('GET', '/products/1/reviews')).body.count).toBe(1)
  const { rows } = await sql`select kind from facts where kind like 'reviews.%' order by id`.execute(ctx.db)
  expect(rows.map((row) => (row as { kind: string }).kind)).toEqual([
    ...['reviews.said', 'reviews.said', 'reviews.answered', 'reviews.corrected', 'reviews.removed'],
  ])
})

test('what was said of an order of another shop is not told; nobody’s words are for who sees all', async () => {
  const ctx = await house()
  await sql`insert into shops (code, name) values ('second', 'Second shop')`.execute(ctx.db)
  const desk = serverOf(ctx, [reviews, ordersModule], staffActor(rights))
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const sell = async (shopId: number, customerId?: number) =>
    (
      await desk.request('POST', '/orders', {
        body: { shopId, customerId, lines: [{ name: 'Tea', quantity: 1, unitPrice: '10' }] },
      })
    ).body.id as number
  for (const orderId of [await sell(1, id), await sell(2, id), await sell(1)]) {
    await desk.request('POST', '/reviews', { body: { orderId, rating: 3, words: `of ${orderId}` } })
  }
  const second = serverOf(ctx, [reviews], { ...staffActor(rights), scope: { kind: 'shops', shopIds: [2] } })

  const { body } = await second.request('GET', '/reviews')

  expect(body.items).toMatchObject([{ order: { id: 2 } }])
  expect(
    (await second.request('PUT', '/reviews/1/answer', { body: { words: 'x' }, headers: { 'if-match': '"1"' } })).status,
  ).toBe(404)
})
