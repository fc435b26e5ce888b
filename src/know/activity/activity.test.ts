import { expect, test } from 'vitest'
import { z } from 'zod'
import { customers } from '#know/customers/index.ts'
import { aCustomer, alsoSaid, anOrderOf } from '#know/customers/testing/a-customer.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { tags, tagWords } from '#know/tags/index.ts'
import { talks, talkWords } from '#know/talks/index.ts'
import { announce, fact } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import type { ActivityItem } from './contract.ts'
import { activity } from './module.ts'

const house = useHouse()
const orderPlaced = fact('orders.placed', z.object({ number: z.string(), amount: z.int() }))

test('the feed tells who did what with whom, by colleague, kind and day, page by page, and only of whom one sees', async () => {
  const ctx = await house()
  for (const name of ['lin', 'mei']) await aStaff(ctx, { name, email: `${name}@shop.example`, role: 'assistant' })
  const tellers = [talkWords, tagWords]
  const may = ['customers.read', 'customers.edit', 'customers.export']
  const desk = serverOf(ctx, [customers({ tellers }), talks, tags, activity({ tellers })], staffActor(may))
  const mei = staffActor(may, { id: 2, label: 'staff:2' })
  const [ann, bo] = [await aCustomer(ctx, { name: 'Ann' }), await aCustomer(ctx, { name: 'Bo' })]
  const { body: tag } = await desk.request('POST', '/tags', { body: { name: 'Spring' } })
  await desk.request('PUT', `/customers/${ann.id}/tags/${tag.id}`, { body: {} })
  ctx.clock.moveTo(new Date('2026-03-03T04:00Z'))
  await desk.request('POST', `/customers/${bo.id}/talks`, { body: { kind: 'call', said: 'Wants white tea' }, as: mei })
  const told = async (query = '', as = staffActor(may)) => {
    const { body, status } = await desk.request('GET', `/activity?limit=50${query}`, { as })
    expect(status, JSON.stringify(body)).toBe(200)
    return (body.items as ActivityItem[]).map(({ sentence, words, customer, actorName }) =>
      [actorName, customer?.name, sentence, words].filter(Boolean).join(' | '),
    )
  }

  expect(await told()).toEqual([
    'mei | Bo | Talked by phone | Wants white tea',
    expect.stringMatching(/^lin \| Ann \| .* \| Spring$/),
    expect.stringMatching(/^lin \| A tag was made/),
    expect.stringMatching(/^Bo \| /),
    expect.stringMatching(/^Ann \| /),
  ])
  expect(await told('&staffId=2')).toHaveLength(1)
  expect(await told('&of[]=tags')).toHaveLength(2)
  expect(await told('&day=2026-03-03')).toHaveLength(1)
  expect(await told('&day=2026-03-02')).toEqual([])
  const own = staffActor(may, { scope: { kind: 'owners', staffIds: [9] } })
  expect(await told('', own)).toEqual([])

  const first = (await desk.request('GET', '/activity?limit=3')).body
  const second = (await desk.request('GET', `/activity?limit=3&after=${encodeURIComponent(first.next)}`)).body
  expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, undefined])
  ctx.clock.moveTo(new Date('2026-05-20T04:00Z'))
  const late = (await desk.request('GET', '/activity')).body
  expect(late.items).toEqual([])
  const before = (await desk.request('GET', `/activity?after=${encodeURIComponent(late.next)}`)).body
  const before2 = (await desk.request('GET', `/activity?after=${encodeURIComponent(before.next)}`)).body
  expect(before.items.length + before2.items.length).toBe(5)
})

test('a timeline is asked by kind, by days and by words, page by page, and leaves as a file that the audit log knows', async () => {
  const ctx = await house()
  await aStaff(ctx, { name: 'lin', email: 'lin@shop.example', role: 'marketer' })
  const tellers = [talkWords, tagWords]
  const lin = staffActor(['customers.read', 'customers.edit', 'customers.export'])
  const desk = serverOf(ctx, [customers({ tellers }), talks, tags], lin)
  const { id } = await aCustomer(ctx, { name: 'Ann' })
  const profileId = await alsoSaid(ctx, id, { source: 'till', origin: 'import', city: 'Suzhou' })
  await anOrderOf(ctx, profileId, 1, 'T-1')
  await inTransaction(ctx, (ctx) =>
    announce(ctx, orderPlaced, { profileId, subjectId: 1, data: { number: 'T-1', amount: 12345 } }),
  )
  ctx.clock.moveTo(new Date('2026-03-05T04:00Z'))
  for (const said of ['Wants white tea', 'Her box was crushed']) {
    await desk.request('POST', `/customers/${id}/talks`, { body: { kind: 'call', said } })
  }
  const get = async (query: string) => (await desk.request('GET', `/customers/${id}/timeline?${query}`)).body
  const find = async (body: object, as = lin) =>
    (await desk.request('POST', `/customers/${id}/timeline/search`, { body, as })).body

  expect((await get('of[]=talks')).items).toHaveLength(2)
  expect((await get('of[]=orders&of[]=profile')).items).toHaveLength(2)
  expect((await get('to=2026-03-04')).items).toHaveLength(2)
  expect((await get('from=2026-03-05&of[]=orders')).items).toEqual([])
  expect((await find({ text: 'WHITE tea' })).items).toMatchObject([{ words: 'Wants white tea', actorName: 'lin' }])
  const one = await find({ text: 'lin', limit: 1 })
  const two = await find({ text: 'lin', limit: 1, after: one.next })
  expect([one.items[0].words, two.items[0].words]).toEqual(['Her box was crushed', 'Wants white tea'])
  const masked = staffActor(['customers.read'], { sight: { notes: 'none' } })
  expect((await find({ text: 'white tea' }, masked)).items, 'nobody finds by what is not shown').toEqual([])

  const csv = await desk.request('POST', `/customers/${id}/timeline/exports`, {
    body: { format: 'csv', of: ['talks'] },
  })
  const json = await desk.request('POST', `/customers/${id}/timeline/exports`, { body: { format: 'json' } })
  expect(csv.body).toContain('Wants white tea')
  expect(String(csv.body).trim().split('\n')).toHaveLength(3)
  expect(typeof json.body === 'string' ? JSON.parse(json.body) : json.body).toHaveLength(4)
  expect(
    (await desk.request('POST', `/customers/${id}/timeline/exports`, { body: { format: 'csv' }, as: masked })).status,
  ).toBe(403)
})
