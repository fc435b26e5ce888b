import { expect, test } from 'vitest'
import { fields } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { customersByIds } from './customers-by-ids.ts'
import { customers } from './module.ts'
import { aCustomer } from './testing/a-customer.ts'

const house = useHouse()
const clerk = staffActor(['customers.read', 'customers.edit', 'customers.export', 'record.edit'])

async function aShop(ctx: Context) {
  const desk = serverOf(ctx, [fields, customers()], clerk)
  const add = async (body: object) => (await desk.request('POST', '/fields', { body })).body.key as `own.${number}`
  return {
    desk,
    skin: await add({ name: 'Skin', kind: 'choice', choices: [{ name: 'dry' }, { name: 'oily' }] }),
    budget: await add({ name: 'Budget', kind: 'money' }),
    secret: await add({ name: 'Secret', kind: 'text', sensitive: true }),
  }
}

test('a field of the shop’s own is said, shown, undone, listed and exported like any other', async () => {
  const ctx = await house()
  const { desk, skin, budget, secret } = await aShop(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const edit = (version: number, values: object) =>
    desk.request('PATCH', `/customers/${id}`, { body: { values }, headers: { 'if-match': `"${version}"` } })

  const said = await edit(2, { [skin]: 2, [budget]: 20_000, [secret]: 'Zq9' })
  const wrong = await edit(3, { [skin]: 9 })
  const unknown = await edit(3, { 'own.99': 1 })
  const nonsense = await edit(3, { nonsense: 1 })
  const changed = await edit(3, { [skin]: 1 })
  const { body: history } = await desk.request('GET', `/customers/${id}/changes?limit=1`)
  const undone = await desk.request('POST', `/customers/${id}/undos`, {
    body: { changeId: history.items[0].id },
    headers: { 'if-match': '"4"' },
  })
  const list = await desk.request('GET', `/customers?columns[]=${skin}&columns[]=${secret}`)
  const file = await desk.request('POST', '/customers/export', { body: { columns: ['name', skin, budget] } })
  const used = await desk.request('DELETE', `/fields/${skin.slice(4)}`)
  const choice = await desk.request('PATCH', `/fields/${skin.slice(4)}`, {
    body: { choices: [{ id: 1, name: 'dry' }] },
    headers: { 'if-match': '"1"' },
  })

  expect(said.body.values.find((one: { field: string }) => one.field === skin)).toMatchObject({
    value: 2,
    origin: 'staff',
  })
  expect([wrong.body.code, unknown.body.code]).toEqual(['customers.own_value', 'customers.no_field'])
  expect(nonsense.status).toBe(400)
  expect(changed.status).toBe(200)
  expect(undone.body.values.find((one: { field: string }) => one.field === skin)).toMatchObject({ value: 2 })
  expect(list.body.items).toMatchObject([{ more: { [skin]: 2, [secret]: 'Zq9' } }])
  expect(
    file.body
      .replace(/^\ufeff/, '')
      .split('\r\n')
      .slice(0, 2),
  ).toEqual(['"Name","Skin","Budget"', '"王芳","oily","200.00"'])
  expect([used.body.code, choice.body.code]).toEqual(['fields.in_use', 'fields.choice_in_use'])
})

test('a sensitive field of one’s own is shown as notes are, everywhere', async () => {
  const ctx = await house()
  const { desk, secret } = await aShop(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  await desk.request('PATCH', `/customers/${id}`, {
    body: { values: { [secret]: 'Zq9 one' } },
    headers: { 'if-match': '"2"' },
  })
  const as = staffActor(['customers.read', 'customers.edit', 'customers.export'], { sight: { notes: 'masked' } })
  const actor = { ...ctx, actor: as }

  const seen = [
    await desk.request('GET', `/customers/${id}`, { as }),
    await desk.request('GET', `/customers/${id}/changes`, { as }),
    await desk.request('POST', '/customers/export', { as, body: { columns: ['name', secret] } }),
  ]
  const refused = await desk.request('PATCH', `/customers/${id}`, {
    as,
    body: { values: { [secret]: '***' } },
    headers: { 'if-match': '"3"' },
  })

  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain('Zq9')
  expect(await customersByIds(actor, [id], { columns: [secret] })).toMatchObject([{ more: { [secret]: '***' } }])
  expect(refused.body.code).toBe('customers.masked_value')
})
