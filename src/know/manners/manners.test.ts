import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { manners } from './module.ts'

const house = useHouse()

test('what a person asked for stands first, is explained, ends on its day and can be taken back', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [manners], staffActor(['customers.read', 'customers.edit'], { id: undefined }))
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const say = (body: object) => desk.request('POST', `/customers/${id}/manners`, { body })
  const check = async (way: string) => (await desk.request('GET', `/customers/${id}/manners/${way}`)).body

  await say({ rule: 'only', fromMinute: 18 * 60, reason: 'Works by day' })
  const { body: phone } = await say({ rule: 'never', channel: 'phone', until: '2026-03-02' })
  await say({ rule: 'mind', words: 'Her dog died' })
  const wordless = await say({ rule: 'mind' })
  const nobody = await say({ rule: 'ask', askId: 99 })

  const { body: list } = await desk.request('GET', `/customers/${id}/manners`)
  expect(list.items.map((one: { rule: string }) => one.rule)).toEqual(['never', 'only', 'mind'])
  expect([wordless.body.code, nobody.body.code]).toEqual(['manners.no_words', 'manners.nobody_to_ask'])
  expect(await check('phone')).toMatchObject({ verdict: 'never', because: [phone.id] })
  expect(await check('wechat')).toMatchObject({ verdict: 'wait', from: '2026-03-01T10:00:00.000Z' })
  ctx.clock.moveTo('2026-03-03T04:00:00Z')
  expect(await check('phone'), 'its last day is over').toMatchObject({ verdict: 'wait' })

  const other = staffActor(['customers.read'], { sight: { notes: 'masked' } })
  const masked = await desk.request('GET', `/customers/${id}/manners`, { as: other })
  expect(JSON.stringify(masked.body)).not.toMatch(/dog|Works/)
  const [only] = list.items.filter((one: { rule: string }) => one.rule === 'only')
  const ended = await desk.request('PUT', `/manners/${only.id}/end`, { headers: { 'if-match': '"1"' } })
  expect([ended.status, (await check('wechat')).verdict]).toEqual([200, 'go'])
  await desk.request('DELETE', `/manners/${only.id}/end`, { headers: { 'if-match': '"2"' } })
  expect((await check('wechat')).verdict).toBe('wait')
})
