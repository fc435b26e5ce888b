import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { announce, fact } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { addCustomer } from './add-customer.ts'
import { customersByIds } from './customers-by-ids.ts'
import { duplicatesOf } from './find-duplicates.ts'
import { getCustomer } from './get-customer.ts'
import { listNewest } from './list-newest.ts'
import { customers } from './module.ts'
import { search } from './search.ts'
import { aCustomer, alsoSaid, anOrderOf } from './testing/a-customer.ts'
import { timelineOf } from './timeline.ts'

const house = useHouse()

async function twoShops() {
  const ctx = await house()
  await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
  const buyer = await aCustomer(ctx, { name: '王芳', phones: ['13800138000'] })
  const profileId = await alsoSaid(ctx, buyer.id, { source: 'till', origin: 'import' })
  await anOrderOf(ctx, profileId, 1, 'A1')
  const of = (shopId: number): Context => ({
    ...ctx,
    actor: staffActor(['customers.*'], { scope: { kind: 'shops', shopIds: [shopId] } }),
  })
  return { ctx, buyer, profileId, first: of(1), second: of(2) }
}

test('a customer of another shop is not there: not in lists, searches, checks, pages, edits', async () => {
  const { ctx, buyer, first, second } = await twoShops()

  expect((await listNewest(first, { limit: 10 })).items).toHaveLength(1)
  expect((await listNewest(second, { limit: 10 })).items).toEqual([])
  expect(await search(first, { text: '王', limit: 10 })).toHaveLength(1)
  expect(await search(second, { text: '王', limit: 10 })).toEqual([])
  expect(await search(second, { text: '8000', limit: 10 })).toEqual([])
  expect(await search(second, { text: 'A1', limit: 10 }, [async () => [buyer.values[0]!.profileId]])).toEqual([])
  expect(await duplicatesOf(second, { values: {}, phones: ['13800138000'], emails: [] })).toEqual([])
  expect(await customersByIds(second, [buyer.id])).toEqual([])

  const desk = serverOf(ctx, [customers()], second.actor)
  const headers = { 'if-match': `"${buyer.version}"` }
  const answers = [
    await desk.request('GET', `/customers/${buyer.id}`),
    await desk.request('GET', `/customers/${buyer.id}/changes`),
    await desk.request('GET', `/customers/${buyer.id}/timeline`),
    await desk.request('PATCH', `/customers/${buyer.id}`, { body: { values: { city: '上海' } }, headers }),
    await desk.request('POST', `/customers/${buyer.id}/identifiers`, { body: { kind: 'member', value: '1' }, headers }),
    await desk.request('POST', `/customers/${buyer.id}/undos`, { body: { changeId: 1 }, headers }),
    await desk.request('DELETE', `/customers/${buyer.id}/identifiers/1`, { headers }),
    await desk.request('DELETE', `/customers/${buyer.id}/values/1/name`, { headers }),
  ]
  const never = await desk.request('GET', '/customers/999999')
  expect(answers.map((one) => [one.status, one.body.code])).toEqual(answers.map(() => [404, 'customers.unknown']))
  expect({ ...never.body, params: 0, instance: 0 }).toEqual({ ...answers[0]!.body, params: 0, instance: 0 })
})

test('who is added in a shop is seen there', async () => {
  const { first, second } = await twoShops()

  const { id } = await addCustomer(second, { values: { name: '新客' }, phones: [], emails: [] })

  expect(await getCustomer(second, id)).toMatchObject({ name: '新客' })
  expect((await listNewest(second, { limit: 10 })).items.map((one) => one.id)).toEqual([id])
  await expect(getCustomer(first, id)).rejects.toMatchObject({ code: 'customers.unknown' })
})

test('a customer of both shops: each sees the person, none the other’s orders in the timeline', async () => {
  const { ctx, buyer, profileId, first, second } = await twoShops()
  await anOrderOf(ctx, profileId, 2, 'B1')
  const placed = fact('orders.placed', z.object({}))
  await inTransaction(ctx, async (ctx) => {
    for (const subjectId of [1, 2]) await announce(ctx, placed, { profileId, subjectId, data: {} })
  })
  const orders = async (ctx: Context) =>
    (await timelineOf(ctx, buyer.id, { limit: 10 })).items
      .filter((one) => one.kind === 'orders.placed')
      .map((one) => one.subjectId)

  expect(await orders(ctx)).toEqual([2, 1])
  expect(await orders(first)).toEqual([1])
  expect(await orders(second)).toEqual([2])
})

test('without the permission nothing is told', async () => {
  const { ctx, buyer } = await twoShops()
  const desk = serverOf(ctx, [customers()], staffActor(['catalog.read']))

  const answers = [
    await desk.request('GET', '/customers'),
    await desk.request('GET', `/customers/${buyer.id}`),
    await desk.request('POST', '/customers/search', { body: { text: '王' } }),
    await desk.request('POST', '/customers/export', { body: { columns: ['name'] } }),
  ]

  expect(answers.map((one) => one.status)).toEqual([403, 403, 403, 403])
})
