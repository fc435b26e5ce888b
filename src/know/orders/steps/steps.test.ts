import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { ordersModule } from '../module.ts'
import { type StepTold, saveSteps } from './save-steps.ts'

const house = useHouse()
const assistant = staffActor(['orders.read', 'orders.edit'])

async function aSale() {
  const ctx = await house()
  const { id: customerId } = await aCustomer(ctx, { name: '王芳' })
  const shop = serverOf(ctx, [ordersModule], assistant)
  const sell = async (more: object = {}) => {
    const { body } = await shop.request('POST', '/orders', {
      body: {
        shopId: 1,
        customerId,
        placedAt: '2026-02-20T04:00:00Z',
        lines: [{ name: 'Mug', quantity: 1, unitPrice: '10' }],
        ...more,
      },
    })
    return body.id as number
  }
  const tell = (id: number, body: object) => shop.request('POST', `/orders/${id}/steps`, { body })
  return { ctx, shop, sell, tell }
}

test('an order’s way is told at the counter, shown with its parcel, found in the list, and taken back', async () => {
  const { ctx, shop, sell, tell } = await aSale()
  const [id, other] = [await sell(), await sell()]

  const sent = await tell(id, { step: 'shipped', at: '2026-02-21T04:00:00Z', carrier: '顺丰', tracking: 'SF1' })
  const early = await tell(id, { step: 'shipped', at: '2026-02-01T04:00:00Z' })
  const late = await tell(id, { step: 'delivered', at: '2026-05-01T04:00:00Z' })
  const arrived = await tell(id, { step: 'delivered', at: '2026-02-23T04:00:00Z' })

  expect(sent).toMatchObject({
    status: 201,
    body: { step: 'shipped', version: 1, steps: [{ step: 'shipped', carrier: '顺丰', tracking: 'SF1', source: null }] },
  })
  expect([early.body.code, late.body.code]).toEqual(['orders.before_sale', 'orders.future'])
  const listed = async (step: string) =>
    (await shop.request('GET', `/orders?step=${step}`)).body.items.map((one: { id: number }) => one.id)
  const ofParcel = await shop.request('GET', '/orders?number=sf1')
  expect(ofParcel.body.items.map((one: { id: number }) => one.id)).toEqual([id])
  expect([await listed('delivered'), await listed('shipped'), await listed('none')]).toEqual([[id], [], [other]])
  const { rows } =
    await sql`select kind, at, data from facts where kind like 'orders.%' and subject_id = ${id} order by id`.execute(
      ctx.db,
    )
  expect(rows).toMatchObject([
    { kind: 'orders.placed' },
    { kind: 'orders.shipped', at: new Date('2026-02-21T04:00:00Z'), data: { number: sent.body.number } },
    { kind: 'orders.delivered' },
  ])
  const taken = await shop.request('DELETE', `/orders/${id}/steps/${arrived.body.steps[1].id}`)
  expect(taken.body).toMatchObject({ step: 'shipped', steps: [{ step: 'shipped' }] })
  expect((await shop.request('DELETE', `/orders/${other}/steps/${sent.body.steps[0].id}`)).status).toBe(404)
  const back = await shop.request('POST', `/orders/${id}/cancellations`, { body: {} })
  expect((await tell(back.body.id, { step: 'shipped' })).body.code).toBe('orders.not_a_sale')
})

test('steps that come late, twice or out of order leave the order where it really is', async () => {
  const { ctx, sell } = await aSale()
  const day = (n: number) => new Date(Date.UTC(2026, 1, 20 + n))
  const cases: { told: [StepTold['step'], number, string?][]; is: string; why: string }[] = [
    {
      told: [
        ['delivered', 3],
        ['shipped', 1],
      ],
      is: 'delivered',
      why: 'shipped is told late',
    },
    {
      told: [
        ['received', 4],
        ['delivered', 5],
        ['shipped', 6],
      ],
      is: 'received',
      why: 'clocks disagree',
    },
    {
      told: [
        ['returned', 5],
        ['delivered', 3],
        ['shipped', 1],
      ],
      is: 'returned',
      why: 'came back',
    },
    {
      told: [
        ['shipped', 6],
        ['returned', 5],
        ['shipped', 1],
      ],
      is: 'shipped',
      why: 'sent once more',
    },
    {
      told: [
        ['delivered', 3, 'A'],
        ['shipped', 1, 'A'],
        ['shipped', 2, 'B'],
      ],
      is: 'shipped',
      why: 'one of two parcels is there',
    },
    {
      told: [
        ['shipped', 1, 'A'],
        ['delivered', 3, 'B'],
        ['delivered', 4, 'A'],
        ['delivered', 4, 'A'],
      ],
      is: 'delivered',
      why: 'both are there',
    },
    {
      told: [
        ['received', 5],
        ['shipped', 1, 'A'],
        ['shipped', 2, 'B'],
      ],
      is: 'received',
      why: 'the buyer has all of it',
    },
  ]
  for (const { told, is, why } of cases) {
    const [atOnce, singly] = [await sell(), await sell()]
    const steps = (orderId: number) =>
      told.map(([step, on, tracking]) => ({ orderId, step, at: day(on), tracking, sourceId: 1 }))

    await inTransaction(ctx, (ctx) => saveSteps(ctx, steps(atOnce)))
    for (const one of steps(singly)) await inTransaction(ctx, (ctx) => saveSteps(ctx, [one]))

    const { rows } = await sql`select step from orders where id in (${atOnce}, ${singly})`.execute(ctx.db)
    expect(rows, why).toEqual([{ step: is }, { step: is }])
  }
  const { rows } = await sql`select count(*) from facts where kind = 'orders.delivered'`.execute(ctx.db)
  expect(rows, 'told twice is one fact').toEqual([{ count: 12 }])
})
