import { expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { sayNamed } from './class-names.ts'
import { sentenceOf, value } from './index.ts'

const house = useHouse()

test('what the shop calls its classes stands in every sentence, and each class has a name of its own', async () => {
  const ctx = await house()
  const { request } = serverOf(ctx, [value], staffActor(['customers.read', 'lifecycle.edit']))
  const save = (names: object, version: number) =>
    request('PUT', '/value/names', {
      body: { retain: null, develop: null, loyal: null, ordinary: null, ...names },
      headers: { 'if-match': `"${version}"` },
    })

  expect((await save({ retain: '台柱' }, 0)).status).toBe(200)
  expect(await sentenceOf(ctx, { is: 'class', in: ['retain', 'ordinary'] })).toContain('台柱')
  const named = await sayNamed(ctx, 'en')
  expect([named('web.value.retain'), named('web.value.ordinary')]).toEqual(['台柱', 'Ordinary'])
  expect((await save({ retain: '台柱', loyal: '台柱' }, 1)).body.code).toBe('value.taken_name')
  expect((await save({ retain: '{who}' }, 1)).status).toBe(400)
  expect((await save({}, 0)).status).toBe(412)
  expect((await save({}, 1)).body).toMatchObject({ names: { retain: null }, version: 2 })
  expect(await sentenceOf(ctx, { is: 'class', in: ['retain'] })).not.toContain('台柱')
})
