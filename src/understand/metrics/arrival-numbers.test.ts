import { expect, test } from 'vitest'
import { arrivals } from '#know/arrivals/index.ts'
import { customers } from '#know/customers/index.ts'
import { ordersModule } from '#know/orders/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { giveProfile, profileOf } from '#understand/projection/testing/records.ts'
import { value } from '#understand/value/index.ts'
import { metrics } from './module.ts'

const house = useHouse()

test('new customers and first-time buyers of each source by month, each number opening its people, also after a merge', async () => {
  const ctx = await house()
  const rights = ['customers.read', 'customers.edit', 'orders.edit', 'orders.read', 'insight.read']
  const desk = serverOf(ctx, [customers(), arrivals, ordersModule, value, metrics], staffActor(rights))
  const people: number[] = []
  for (const name of ['Ana', 'Bo', 'Cy', 'Di']) {
    people.push((await desk.request('POST', '/customers', { body: { values: { name } } })).body.id)
  }
  const [ana, bo, cy] = people as [number, number, number, number]
  const say = (id: number, wayId: number | null, on: string) =>
    desk.request('PUT', `/customers/${id}/arrival`, { body: { wayId, campaign: 'spring', on } })
  const buy = (customerId: number, placedAt: string) =>
    desk.request('POST', '/orders', {
      body: { shopId: 1, customerId, placedAt, lines: [{ name: 'Tea', quantity: 1, unitPrice: '10' }] },
    })
  await say(ana, 2, '2026-01-05')
  await say(bo, 2, '2026-02-07')
  await say(cy, null, '2026-02-08')
  await buy(ana, '2026-02-10T03:00:00Z')
  await buy(ana, '2026-02-11T03:00:00Z')
  const numbers = async () => {
    await projectAll(ctx)
    const { body } = await desk.request('GET', '/arrival-numbers?to=2026-02&months=2')
    return body
  }
  const names = async (where: object) => {
    await projectAll(ctx)
    const { body } = await desk.request('POST', '/customers/query', { body: { where } })
    return body.items.map((one: { customer: { name: string } }) => one.customer.name).sort()
  }

  expect(await numbers()).toEqual({
    months: ['2026-01', '2026-02'],
    items: [
      { wayId: 2, month: '2026-01', came: 1, firstBuyers: 0 },
      { wayId: null, month: '2026-02', came: 1, firstBuyers: 0 },
      { wayId: 2, month: '2026-02', came: 1, firstBuyers: 1 },
    ],
  })
  const bought = { is: 'day', field: 'firstPurchase', from: '2026-02-01', to: '2026-02-28' }
  expect(await names({ is: 'came', in: [2], from: '2026-02-01', to: '2026-02-28' })).toEqual(['Bo'])
  expect(await names({ is: 'and', of: [{ is: 'came', in: [2] }, bought] })).toEqual(['Ana'])
  expect(await names({ is: 'came', in: [0] })).toEqual(['Cy'])
  expect(await names({ is: 'not', of: { is: 'came' } })).toEqual(['Di'])

  const bos = await profileOf(ctx, bo)
  await giveProfile(ctx, bos, ana)
  expect(await names({ is: 'came', in: [2] }), 'merged: the earlier day holds').toEqual(['Ana'])
  expect((await numbers()).items).toContainEqual({ wayId: 2, month: '2026-01', came: 1, firstBuyers: 0 })
  await giveProfile(ctx, bos, bo)
  await desk.request('DELETE', `/customers/${bo}/arrival`)
  expect(await names({ is: 'came', in: [2] })).toEqual(['Ana'])
})
