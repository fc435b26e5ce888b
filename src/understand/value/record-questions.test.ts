import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { customers } from '#know/customers/index.ts'
import { fields } from '#know/fields/index.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { tags } from '#know/tags/index.ts'
import { talks } from '#know/talks/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { giveProfile, profileOf } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { value } from './index.ts'

const house = useHouse()

test('people are found by tags, talks and fields of the shop’s own, also after a merge and its undo', async () => {
  const ctx = await house()
  await aStaff(ctx, { email: 'a@shop.example', role: 'owner' })
  const desk = serverOf(
    ctx,
    [fields, customers(), talks, tags, value],
    staffActor(['customers.read', 'customers.edit', 'record.edit']),
  )
  const post = async (path: string, body: object) => (await desk.request('POST', path, { body })).body
  const people: number[] = []
  for (const name of ['Ana', 'Bo', 'Cy']) people.push((await post('/customers', { values: { name } })).id)
  const [ana, bo, cy] = people as [number, number, number]
  const [vip, gold] = [(await post('/tags', { name: 'VIP' })).id, (await post('/tags', { name: 'Gold' })).id]
  const size = (await post('/fields', { name: 'Size', kind: 'number' })).id
  const teas = (
    await post('/fields', { name: 'Teas', kind: 'choices', choices: [{ name: 'white' }, { name: 'green' }] })
  ).id
  const say = (id: number, values: object) =>
    desk.request('PATCH', `/customers/${id}`, { body: { values }, headers: { 'if-match': '"2"' } })
  const give = (id: number, tag: number, body: object = {}) =>
    desk.request('PUT', `/customers/${id}/tags/${tag}`, { body })
  await give(ana, vip)
  await give(bo, gold, { until: '2026-03-05' })
  await give(cy, vip)
  await desk.request('POST', `/customers/${cy}/tags/${vip}/removals`, { body: {} })
  await say(ana, { [`own.${size}`]: 38, [`own.${teas}`]: [2] })
  await say(bo, { [`own.${size}`]: 41 })
  await post(`/customers/${ana}/talks`, { kind: 'call', at: '2026-01-10T03:00:00Z', said: 'a', nextOn: '2026-03-08' })
  await post(`/customers/${bo}/talks`, { kind: 'call', said: 'b' })
  const asked = async (where: Condition, sort?: object) => {
    await projectAll(ctx)
    const { body } = await desk.request('POST', '/customers/query', { body: { where, ...(sort ? { sort } : {}) } })
    const { body: count } = await desk.request('POST', '/customers/query/count', { body: { where } })
    expect(count.customers, JSON.stringify(body)).toBe(body.items.length)
    return body.items.map((one: { customer: { name: string } }) => one.customer.name).sort()
  }

  expect(await asked({ is: 'tagged', in: [vip] })).toEqual(['Ana'])
  await desk.request('PUT', `/tags/${vip}/merged/${gold}`)
  expect(await asked({ is: 'tagged', in: [vip] })).toEqual(['Ana', 'Bo'])
  expect(await asked({ is: 'not', of: { is: 'tagged', in: [vip] } })).toEqual(['Cy'])
  expect(await asked({ is: 'own', fieldId: size, atLeast: 40 })).toEqual(['Bo'])
  expect(await asked({ is: 'not', of: { is: 'own', fieldId: size, atLeast: 40 } }), 'unknown is not no').toEqual([
    'Ana',
  ])
  expect(await asked({ is: 'own', fieldId: teas, in: [1, 2] })).toEqual(['Ana'])
  expect(await asked({ is: 'not', of: { is: 'own', fieldId: teas } })).toEqual(['Bo', 'Cy'])
  expect(await asked({ is: 'within', field: 'lastTalked', days: 30 })).toEqual(['Bo'])
  expect(await asked({ is: 'not', of: { is: 'known', field: 'lastTalked' } })).toEqual(['Cy'])
  expect(await asked({ is: 'day', field: 'nextTalk', from: '2026-03-01', to: '2026-03-31' })).toEqual(['Ana'])
  const { body: sorted } = await desk.request('POST', '/customers/query', {
    body: { sort: { by: 'lastTalked', direction: 'down' }, limit: 2 },
  })
  const { body: rest } = await desk.request('POST', '/customers/query', {
    body: { sort: { by: 'lastTalked', direction: 'down' }, limit: 2, after: sorted.next },
  })
  const names = [...sorted.items, ...rest.items].map((one) => one.customer.name)
  expect(names).toEqual(['Bo', 'Ana', 'Cy'])

  const anas = await profileOf(ctx, ana)
  await giveProfile(ctx, anas, cy)
  expect(await asked({ is: 'tagged', in: [vip] }), 'merged: what Ana had is Cy’s').toEqual(['Bo', 'Cy'])
  await giveProfile(ctx, anas, ana)
  expect(await asked({ is: 'tagged', in: [vip] })).toEqual(['Ana', 'Bo'])
  ctx.clock.moveTo('2026-03-06T04:00:00Z')
  expect(await asked({ is: 'tagged', in: [vip] }), 'Bo’s last day is over').toEqual(['Ana'])
  await sql`delete from profile_values where field = ${`own.${size}`}`.execute(ctx.db)
  expect(await asked({ is: 'own', fieldId: size })).toEqual([])
})
