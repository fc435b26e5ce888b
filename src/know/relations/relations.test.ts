import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { customers } from '#know/customers/index.ts'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { identity } from '#know/identity/index.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { relations } from './module.ts'
import { householdOf } from './relation.ts'
import { relationWords } from './relation-words.ts'

const house = useHouse()
const rights = ['customers.read', 'customers.edit']

async function aFamily() {
  const ctx = await house()
  const desk = serverOf(ctx, [relations, identity({ previews: [] })], staffActor(rights))
  const people: number[] = []
  for (const name of ['王芳', '王明', '李静']) people.push((await aCustomer(ctx, { name })).id)
  const [fang, ming, jing] = people as [number, number, number]
  const say = (id: number, otherId: number, kind: string, note?: string) =>
    desk.request('POST', `/customers/${id}/relations`, { body: { otherId, kind, note } })
  const read = async (id: number, by = desk) =>
    (await by.request('GET', `/customers/${id}/relations`)).body.items?.map(
      (one: { kind: string; customer: { name: string } }) => `${one.kind} ${one.customer.name}`,
    )
  return { ctx, desk, fang, ming, jing, say, read }
}

test('a relation is told from both sides in the right word, once however often it is said, and taken away from both', async () => {
  const { ctx, desk, fang, ming, jing, say, read } = await aFamily()
  const child = await say(fang, ming, 'child', '小学三年级')
  await say(ming, fang, 'parent')
  await say(fang, jing, 'referrer')
  await say(jing, fang, 'referred')
  await say(ming, jing, 'friend')
  await say(jing, ming, 'friend')

  expect(child).toMatchObject({ status: 201, body: { kind: 'child', note: '小学三年级', customer: { id: ming } } })
  expect([await read(fang), await read(ming), await read(jing)]).toEqual([
    ['child 王明', 'referrer 李静'],
    ['parent 王芳', 'friend 李静'],
    ['referred 王芳', 'friend 王明'],
  ])
  expect((await householdOf(ctx, fang)).map(({ customer }) => customer.name)).toEqual(['王明'])
  expect((await say(fang, fang, 'friend')).body.code).toBe('relations.oneself')
  const { rows } = await sql`
    select f.data ->> 'relation' as relation, map.customer_id from facts f join profile_customers map on map.profile_id = f.profile_id
     where f.kind = 'relations.said' and f.subject_id in (${fang}, ${ming}) order by f.id limit 2`.execute(ctx.db)
  expect(rows).toEqual([
    { relation: 'child', customerId: fang },
    { relation: 'parent', customerId: ming },
  ])
  await desk.request('DELETE', `/customers/${ming}/relations/${child.body.id}`)
  expect([await read(fang), await read(ming)]).toEqual([['referrer 李静'], ['friend 李静']])
  expect((await desk.request('DELETE', `/customers/${jing}/relations/${child.body.id}`)).status).toBe(404)
})

test('merged people keep what was said of both, nobody is related to herself, and taking the merge back gives each her own', async () => {
  const { desk, fang, ming, jing, say, read } = await aFamily()
  await say(fang, ming, 'child')
  await say(jing, ming, 'child')
  await say(fang, jing, 'friend')

  const merged = await desk.request('POST', `/customers/${fang}/merges`, { body: { from: [jing] } })
  const together = [await read(fang), await read(ming)]
  await desk.request('POST', `/customer-merges/${merged.body.mergeId}/undos`, { body: {} })

  expect(together).toEqual([['child 王明'], ['parent 李静']])
  expect([await read(fang), await read(jing)]).toEqual([
    ['child 王明', 'friend 李静'],
    ['child 王明', 'friend 王芳'],
  ])
})

test('who is not to see somebody learns nothing of a relation to them; a family’s phone suggests who belongs together', async () => {
  const { ctx, fang, ming, jing, say, read } = await aFamily()
  await say(fang, ming, 'spouse')
  await sql`
    insert into identifiers (profile_id, kind, value, shared, actor)
    select profile_id, 'phone', '+8613800138000', true, 'staff:1' from profile_customers where customer_id in (${fang}, ${jing})`.execute(
    ctx.db,
  )
  const mei = await aStaff(ctx, { email: 'mei@shop.example', role: 'assistant' })
  await ctx.db.updateTable('customers').set({ ownerId: mei }).where('id', 'in', [fang, jing]).execute()
  const own = serverOf(ctx, [relations, customers()], {
    ...staffActor(rights),
    scope: { kind: 'owners', staffIds: [mei] },
  })

  expect(await read(fang, own)).toEqual([])
  const timeline = async (by: typeof own) => (await by.request('GET', `/customers/${fang}/timeline`)).body.items
  const told = expect.objectContaining({ kind: 'relations.said', subjectId: ming })
  expect(await timeline(serverOf(ctx, [customers({ tellers: [relationWords] })], staffActor(rights)))).toContainEqual(
    expect.objectContaining({ kind: 'relations.said', subjectId: ming, words: '王明' }),
  )
  expect(await timeline(own)).not.toContainEqual(told)
  expect((await own.request('GET', `/customers/${fang}/relations`)).body.suggested).toMatchObject([
    { by: 'phone', customer: { id: jing } },
  ])
  const refused = await own.request('POST', `/customers/${fang}/relations`, { body: { otherId: ming, kind: 'friend' } })
  expect([refused.status, refused.body.code]).toEqual([404, 'customers.unknown'])
})
