import { expect, test } from 'vitest'
import { aCustomer, alsoSaid } from '#know/customers/testing/a-customer.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { sayTags } from './give-tag.ts'
import { tagsNamed } from './keep-tags.ts'
import { tags } from './module.ts'
import { holds } from './tag.ts'
import { tagsOfMany } from './tags-of.ts'

const house = useHouse()
const clerk = staffActor(['customers.read', 'customers.edit', 'record.edit'])

test('a tag given by hand holds until its last day; a tag taken away by hand is not brought back by a rule', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [tags], clerk)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const web = await alsoSaid(ctx, id, { source: 'web', origin: 'stated', city: '上海' })
  const { body: vip } = await desk.request('POST', '/tags', { body: { name: 'VIP' } })
  const { body: tea } = await desk.request('POST', '/tags', { body: { name: '爱白茶' } })
  const byRule = () =>
    inTransaction(ctx, (ctx) =>
      sayTags(ctx, [{ profileId: web, tagId: tea.id, state: 'yes', reason: '3 boxes' }], {
        origin: 'rule',
        ref: 'white',
      }),
    )
  const held = async () => (await tagsOfMany(ctx, [id]))[0]?.tagIds ?? []

  await desk.request('PUT', `/customers/${id}/tags/${vip.id}`, { body: { reason: 'Asked for', until: '2026-03-05' } })
  await byRule()
  const before = await held()
  const taken = await desk.request('POST', `/customers/${id}/tags/${tea.id}/removals`, {
    body: { reason: 'Allergic' },
  })
  await byRule()
  const after = await held()
  ctx.clock.moveTo('2026-03-06T04:00:00Z')

  expect(before).toEqual([vip.id, tea.id])
  expect(taken.body.items[1]).toMatchObject({
    tagId: tea.id,
    holds: false,
    sayings: [
      { origin: 'hand', state: 'no', reason: 'Allergic' },
      { origin: 'rule', state: 'yes', ref: 'white' },
    ],
  })
  expect(after).toEqual([vip.id])
  expect(await held(), 'the last day is over').toEqual([])
  await desk.request('PUT', `/customers/${id}/tags/${tea.id}`, { body: {} })
  expect(await held(), 'a hand gives it again').toEqual([tea.id])
})

test('the rule of what holds is the same for one and for many', () => {
  const said = (origin: string, state: string, at: string, until: string | null = null) => ({
    origin,
    state,
    at,
    until,
  })

  expect(holds([said('rule', 'yes', '1'), said('hand', 'no', '2')], '2026-03-01')).toBe(false)
  expect(holds([said('hand', 'no', '1'), said('hand', 'yes', '2')], '2026-03-01')).toBe(true)
  expect(holds([said('rule', 'yes', '1'), said('hand', 'no', '2', '2026-02-01')], '2026-03-01')).toBe(true)
  expect(holds([], '2026-03-01')).toBe(false)
})

test('two tags are merged and taken apart again without touching anybody; one in use is not deleted', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [tags], clerk)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const make = async (name: string) => (await desk.request('POST', '/tags', { body: { name } })).body.id as number
  const [vip, gold, empty] = [await make('VIP'), await make('Gold'), await make('Empty')]
  await desk.request('PUT', `/customers/${id}/tags/${gold}`, { body: {} })

  const refused = await desk.request('DELETE', `/tags/${gold}`)
  const same = await desk.request('POST', '/tags', { body: { name: 'gold' } })
  const merged = await desk.request('PUT', `/tags/${vip}/merged/${gold}`)
  const held = await tagsOfMany(ctx, [id])
  const named = await inTransaction(ctx, (ctx) => tagsNamed(ctx, ['GOLD', 'vip', 'New']))
  const renamed = await desk.request('PATCH', `/tags/${vip}`, {
    body: { name: 'Best', colour: 'red' },
    headers: { 'if-match': '"1"' },
  })
  await desk.request('DELETE', `/tags/${vip}/merged/${gold}`)

  expect(refused.body).toMatchObject({ code: 'tags.in_use', title: expect.stringContaining('1 person') })
  expect(same.status).toBe(409)
  expect(merged.body.merged).toEqual([{ id: gold, name: 'Gold' }])
  expect(held).toEqual([{ customerId: id, tagIds: [vip] }])
  expect([named.get('GOLD'), named.get('vip')]).toEqual([vip, vip])
  expect(renamed.body).toMatchObject({ name: 'Best', colour: 'red', version: 2 })
  expect((await tagsOfMany(ctx, [id]))[0]?.tagIds).toEqual([gold])
  expect((await desk.request('DELETE', `/tags/${empty}`)).status).toBe(200)
  expect((await desk.request('GET', '/tags')).body.items.map((one: { name: string }) => one.name)).toEqual([
    'Best',
    'Gold',
    'New',
  ])
})
