import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { ordersModule } from '#know/orders/index.ts'
import { reviews } from '#know/reviews/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { countCustomers } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'

const house = useHouse()
const clerk = staffActor(['orders.read', 'orders.edit', 'customers.read', 'customers.edit'])

test('a parcel under way and a bad review find the customer, by time too, and no more once it is received, answered, taken back', async () => {
  const ctx = await house()
  const { id: customerId } = await aCustomer(ctx, { name: '王芳' })
  const shop = serverOf(ctx, [ordersModule, reviews], clerk)
  const counted = async (where: Condition) => {
    await projectAll(ctx)
    return countCustomers(ctx, await planFor(ctx, { where }))
  }
  const waiting: Condition = { is: 'parcel', step: 'shipped', not: 'received', atLeast: 7 }
  const badly: Condition = { is: 'reviewed', ratingTo: 2, answered: 'no' }
  const body = {
    shopId: 1,
    customerId,
    placedAt: '2026-02-20T04:00:00Z',
    lines: [{ name: 'Mug', quantity: 1, unitPrice: '10' }],
  }
  const order = (await shop.request('POST', '/orders', { body })).body.id
  const tell = (step: string, at: string, tracking: string) =>
    shop.request('POST', `/orders/${order}/steps`, { body: { step, at, tracking } })

  await tell('shipped', '2026-02-23T04:00:00Z', 'A')
  await tell('shipped', '2026-02-25T04:00:00Z', 'B')
  expect(await counted(waiting)).toBe(0)
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  expect(await counted(waiting)).toBe(1)

  // One of two parcels is there: the order is not.
  await tell('received', '2026-03-01T04:00:00Z', 'A')
  expect(await counted(waiting)).toBe(1)
  const last = await tell('received', '2026-03-02T03:00:00Z', 'B')
  expect(await counted(waiting)).toBe(0)
  expect(await counted({ is: 'parcel', step: 'delivered', after: 'shipped', atLeast: 7, atMost: 7 })).toBe(1)
  expect(await counted({ is: 'parcel', step: 'received', days: 1 })).toBe(1)
  const received = last.body.steps.find(
    (one: { tracking: string; step: string }) => one.step === 'received' && one.tracking === 'B',
  )
  await shop.request('DELETE', `/orders/${order}/steps/${received.id}`)
  expect(await counted(waiting)).toBe(1)

  const review = (await shop.request('POST', '/reviews', { body: { orderId: order, rating: 2, words: '碎了' } })).body
  expect(await counted(badly)).toBe(1)
  const answered = await shop.request('PUT', `/reviews/${review.id}/answer`, {
    body: { words: '抱歉' },
    headers: { 'if-match': `"${review.version}"` },
  })
  expect(await counted(badly)).toBe(0)
  expect(await counted({ is: 'reviewed', atLeast: 1 })).toBe(1)
  await shop.request('DELETE', `/reviews/${review.id}`, { headers: { 'if-match': `"${answered.body.version}"` } })
  expect(await counted({ is: 'reviewed', atLeast: 1 })).toBe(0)
})
