import { expect, test } from 'vitest'
import { addCustomer } from '#know/customers/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { states } from './index.ts'

const house = useHouse()
const clerk = staffActor(['customers.read', 'customers.edit', 'record.edit'])

async function aShop() {
  const ctx = await house()
  const { request } = serverOf(ctx, [states], clerk)
  const add = async (name: string, more: object = {}) =>
    (await request('POST', '/states', { body: { name, ...more } })).body
  const vip = await add('VIP', { begins: false })
  const candidate = await add('VIP 候选', { to: [vip.id], ends: false })
  const { id } = await addCustomer(ctx, { values: { name: 'Ana' }, phones: [], emails: [], anyway: true })
  const move = (to: number | null, why = 'asked for it') =>
    request('POST', `/customers/${id}/state-moves`, { body: { to, why } })
  return { ctx, request, add, vip, candidate, id, move }
}

test('a customer goes only where the shop allows, and it stays known who moved her, when and why', async () => {
  const { request, vip, candidate, id, move, ctx } = await aShop()

  // Nobody begins as a VIP, and a candidate does not simply stop being one.
  expect((await move(vip.id)).body.code).toBe('states.not_allowed')
  expect((await move(candidate.id, 'spends more than 5,000 a year')).status).toBe(201)
  expect((await move(candidate.id)).body.code).toBe('states.already')
  expect((await move(null)).body.code).toBe('states.not_allowed')
  ctx.clock.moveTo('2026-04-01T04:00:00Z')
  const moved = await move(vip.id, 'agreed on the phone')

  expect(moved.body).toMatchObject({ state: { name: 'VIP' }, may: [null] })
  expect(moved.body.moves).toMatchObject([
    { from: { name: 'VIP 候选' }, to: { name: 'VIP' }, why: 'agreed on the phone', at: '2026-04-01T04:00:00.000Z' },
    { from: null, to: { name: 'VIP 候选' }, why: 'spends more than 5,000 a year' },
  ])
  const { items } = (await request('GET', '/states')).body
  expect(items.map(({ name, customers }: { name: string; customers: number }) => [name, customers])).toEqual([
    ['VIP', 1],
    ['VIP 候选', 0],
  ])
  const people = (await request('GET', `/states/${vip.id}/customers`)).body
  expect(people.items).toMatchObject([{ customer: { id }, why: 'agreed on the phone' }])
  expect((await request('GET', `/states/${candidate.id}/customers`)).body.items).toEqual([])
})

test('a state that is given no more may be left and not entered; names are taken once; two who change it at once do not both win', async () => {
  const { request, add, vip, candidate, move } = await aShop()
  await move(candidate.id)
  const edit = (state: { id: number }, version: number, body: object) =>
    request('PATCH', `/states/${state.id}`, { body, headers: { 'if-match': `"${version}"` } })

  expect((await edit(vip, 1, { offered: false })).status).toBe(200)
  expect((await edit(vip, 1, { name: 'Other' })).status).toBe(412)
  expect((await move(vip.id)).body.code).toBe('states.not_allowed')
  expect((await edit(candidate, 1, { offered: false })).status).toBe(200)
  expect((await move(null, 'the programme ended')).status).toBe(201)
  expect((await add('VIP')).name).toBe('VIP')
  expect((await request('POST', '/states', { body: { name: 'vip' } })).body.code).toBe('states.taken_name')
  expect((await request('POST', '/states', { body: { name: 'Guest', to: [999] } })).body.code).toBe('states.unknown')
})

test('of two who move the same person at once one wins, by the rules that hold then', async () => {
  const { candidate, vip, move, add, id, request } = await aShop()
  const guest = await add('Guest')
  const tries = await Promise.all([move(candidate.id), move(guest.id)])

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409])
  const { state } = (await request('GET', `/customers/${id}/state`)).body
  expect([candidate.id, guest.id]).toContain(state.id)
  expect(state.id).not.toBe(vip.id)
})
