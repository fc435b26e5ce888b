import { expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { fields } from './module.ts'

const house = useHouse()

test('a shop makes fields of its own, in its own order, and keeps their kinds', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [fields], staffActor(['customers.read', 'record.edit']))
  const add = (body: object) => desk.request('POST', '/fields', { body })

  const { body: skin } = await add({ name: '肤质', kind: 'choice', choices: [{ name: '干' }, { name: '油' }] })
  await add({ name: 'Shoe size', kind: 'number' })
  const { body: wedding } = await add({ name: 'Wedding day', kind: 'day', sensitive: true })
  const twice = await add({ name: 'shoe SIZE', kind: 'text' })
  const none = await add({ name: 'Empty', kind: 'choice' })
  const first = await desk.request('PATCH', `/fields/${wedding.id}`, {
    body: { place: 1 },
    headers: { 'if-match': '"1"' },
  })
  const other = await desk.request('PATCH', `/fields/${skin.id}`, {
    body: { choices: [{ id: 1, name: '干性' }, { name: '混合' }] },
    headers: { 'if-match': '"1"' },
  })
  const { body: list } = await desk.request('GET', '/fields')

  expect(skin).toMatchObject({
    key: `own.${skin.id}`,
    choices: [
      { id: 1, name: '干' },
      { id: 2, name: '油' },
    ],
  })
  expect([twice.body.code, none.body.code]).toEqual(['fields.taken_name', 'fields.no_choices'])
  expect(first.status).toBe(200)
  expect(other.body.choices, 'a number never comes again').toEqual([
    { id: 1, name: '干性' },
    { id: 3, name: '混合' },
  ])
  expect(list.items.map((one: { name: string }) => one.name)).toEqual(['Wedding day', '肤质', 'Shoe size'])
  expect((await desk.request('DELETE', `/fields/${wedding.id}`)).status).toBe(200)
})
