import { expect, test } from 'vitest'
import { bulk, runBulk } from '#know/bulk/index.ts'
import { mergeCustomers, undoMerge } from '#know/identity/index.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import { value } from '#understand/value/index.ts'
import { picking, segments } from '../index.ts'

const house = useHouse()
const never = new AbortController().signal

async function aShop() {
  const ctx = await house()
  await someCustomers(ctx, [
    { orders: [{ day: '2026-02-20', amount: 100 }] },
    { orders: [{ day: '2026-02-21', amount: 100 }] },
    {},
    {},
  ])
  const staffId = await aStaff(ctx, { name: 'Lin', email: 'lin@shop.example', role: 'marketer' })
  const may = ['customers.read', 'customers.edit', 'customers.bulk', 'segments.read', 'segments.edit']
  const desk = serverOf(ctx, [segments, value, bulk({ picking })], staffActor(may, { id: staffId }))
  const { body: segment } = await desk.request('POST', '/segments', {
    body: { name: 'Tasting', question: { is: 'bought' } },
  })
  const pick = (id: number, body: object) =>
    desk.request('PUT', `/customers/${id}/segments/${segment.id}/pick`, { body })
  const who = async (where: object = { is: 'segment', in: [segment.id] }) => {
    await projectAll(ctx)
    const { body } = await desk.request('POST', '/customers/query', {
      body: { where, sort: { by: 'added', direction: 'up' } },
    })
    return body.items.map((one: { customerId: number }) => one.customerId).sort()
  }
  return { ctx, desk, segment, pick, who }
}

test('staff pick who would not be found and keep out who would; each says why, who and up to when, and the end comes by itself', async () => {
  const { ctx, desk, segment, pick, who } = await aShop()

  expect((await pick(3, { how: 'in', reason: 'Friend of the house', until: '2026-03-02' })).status).toBe(200)
  expect((await pick(1, { how: 'out', reason: 'Never asked again' })).status).toBe(200)
  const unsaid = await pick(4, { how: 'in', reason: ' ' })
  const stranger = await pick(4711, { how: 'in', reason: 'x' })
  const nowhere = await desk.request('PUT', '/customers/4/segments/99/pick', { body: { how: 'in', reason: 'x' } })

  expect([unsaid.status, stranger.status, nowhere.body.code]).toEqual([400, 404, 'segments.unknown_one'])
  expect(await who()).toEqual([2, 3])
  expect(await who({ is: 'picked', in: [segment.id], out: true })).toEqual([1])
  expect(await who({ is: 'not', of: { is: 'segment', in: [segment.id] } })).toEqual([1, 4])
  const { body: counted } = await desk.request('POST', `/segments/${segment.id}/counts`, { body: {} })
  expect(counted).toEqual({ customers: 4, matched: 2, unknown: 0 })

  const { body: picked } = await desk.request('GET', `/segments/${segment.id}/picks?how=in`)
  expect(picked.items).toMatchObject([
    { customer: { id: 3 }, how: 'in', reason: 'Friend of the house', until: '2026-03-02', actorName: 'Lin' },
  ])
  const { body: hers } = await desk.request('GET', '/customers/1/segments')
  expect(hers.items).toMatchObject([{ answer: 'no', pick: { how: 'out', reason: 'Never asked again' } }])
  const { body: why } = await desk.request('POST', '/segments/reasons', {
    body: { customerId: 3, question: { is: 'segment', in: [segment.id] } },
  })
  const [within, kept] = why.of[0].of
  expect(within.of.map(({ answer }: { answer: string }) => answer)).toEqual(['no', 'yes'])
  expect(within.of[1]).toMatchObject({ unit: 'text', found: 'Friend of the house · Lin · until 2026-03-02' })
  expect(kept.answer).toBe('yes')

  ctx.clock.moveTo('2026-03-02T16:30:00Z')
  expect(await who()).toEqual([2])
  expect((await desk.request('GET', `/segments/${segment.id}/picks?how=in`)).body.items).toEqual([])
  expect((await desk.request('DELETE', `/customers/1/segments/${segment.id}/pick`)).status).toBe(200)
  expect(await who()).toEqual([1, 2])
})

test('a merge keeps what was decided last of either, its undo gives each its own; a list is picked and taken back as a whole', async () => {
  const { ctx, desk, segment, pick, who } = await aShop()
  await pick(3, { how: 'in', reason: 'Guest' })
  ctx.clock.moveTo('2026-03-01T05:00:00Z')
  await pick(4, { how: 'out', reason: 'Away' })

  const { mergeId } = await mergeCustomers(ctx, { into: 3, from: [4], evidence: 'staff' })
  expect(await who()).toEqual([1, 2])
  await undoMerge(ctx, mergeId)
  expect(await who()).toEqual([1, 2, 3])

  const act = { do: 'pick', segmentId: segment.id, how: 'in', reason: 'Spring list' }
  const { body: begun } = await desk.request('POST', '/bulk-acts', { body: { act, whom: { ids: [3, 4] } } })
  await runBulk(ctx, begun.id, never, { picking })
  expect(await who()).toEqual([1, 2, 3, 4])
  // The third stood so already: her own reason stays.
  const { body: done } = await desk.request('GET', `/bulk-acts/${begun.id}`)
  expect([done.state, done.changed]).toEqual(['done', 1])
  await desk.request('POST', `/bulk-acts/${begun.id}/undo`)
  await runBulk(ctx, begun.id, never, { picking })
  expect(await who()).toEqual([1, 2, 3])
  expect((await desk.request('GET', '/customers/4/segments')).body.items[0].pick).toMatchObject({
    how: 'out',
    reason: 'Away',
  })
  const may = ['customers.read', 'customers.bulk', 'segments.read']
  const { body: refused } = await desk.request('POST', '/bulk-acts', {
    body: { act, whom: { ids: [3] } },
    as: staffActor(may),
  })
  expect(refused.code).toBe('http.forbidden')
})
