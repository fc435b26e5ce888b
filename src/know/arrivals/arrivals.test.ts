import { expect, test } from 'vitest'
import { aCustomer, alsoSaid } from '#know/customers/testing/a-customer.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { saveFirstTouches, wayOfTouch } from './first-touch.ts'
import { arrivals } from './module.ts'

const house = useHouse()
const rights = ['customers.read', 'customers.edit', 'record.edit', 'insight.read']

test('where somebody came from: the first page that tells it, then staff, who know better, and may take it back', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [arrivals], staffActor(rights))
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const { id: friend } = await aCustomer(ctx, { name: '李静' })
  const web = await alsoSaid(ctx, id, { source: 'web', origin: 'stated', city: '上海' })
  const touch = (at: string, more: object) =>
    inTransaction(ctx, (ctx) => saveFirstTouches(ctx, [{ profileId: web, at: new Date(at), ...more }]))
  const { body: ways } = await desk.request('GET', '/arrival-ways')
  const way = (name: string) => ways.items.find((one: { name: string }) => one.name === name)?.id as number
  const read = async () => (await desk.request('GET', `/customers/${id}/arrival`)).body.items
  await touch('2026-02-10T03:00:00Z', { referrer: 'www.google.com' })
  await touch('2026-02-09T20:00:00Z', { source: 'xhs', campaign: '新茶' })
  await touch('2026-02-11T03:00:00Z', { source: 'douyin' })

  const tracked = await read()
  const said = await desk.request('PUT', `/customers/${id}/arrival`, {
    body: { wayId: way('朋友介绍'), referredById: friend, on: '2026-02-01' },
  })
  const many = await desk.request('POST', '/customers/arrivals', { body: { ids: [id, friend] } })
  const oneself = await desk.request('PUT', `/customers/${id}/arrival`, { body: { wayId: null, referredById: id } })
  const back = await desk.request('DELETE', `/customers/${id}/arrival`)

  expect(tracked, 'the earliest, on the shop’s day').toEqual([
    {
      ...{ origin: 'tracking', wayId: way('小红书'), campaign: '新茶', referrer: null, referredBy: null },
      ...{ on: '2026-02-10', actorName: null },
    },
  ])
  expect(said.body.items).toMatchObject([
    { origin: 'hand', wayId: way('朋友介绍'), referredBy: { id: friend, name: '李静' }, on: '2026-02-01' },
    { origin: 'tracking' },
  ])
  expect(many.body.items).toEqual([{ customerId: id, wayId: way('朋友介绍'), campaign: null, on: '2026-02-01' }])
  expect(oneself.body.code).toBe('arrivals.by_oneself')
  expect(back.body.items).toMatchObject([{ origin: 'tracking' }])
})

test('who sent somebody is not told to whom that person is not to see', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [arrivals], staffActor(rights))
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const { id: friend } = await aCustomer(ctx, { name: '李静' })
  const mei = await aStaff(ctx, { email: 'mei@shop.example', role: 'assistant' })
  await ctx.db.updateTable('customers').set({ ownerId: mei }).where('id', '=', id).execute()
  await desk.request('PUT', `/customers/${id}/arrival`, { body: { wayId: null, referredById: friend } })

  const own = serverOf(ctx, [arrivals], { ...staffActor(rights), scope: { kind: 'owners', staffIds: [mei] } })

  expect((await own.request('GET', `/customers/${id}/arrival`)).body.items).toMatchObject([{ referredBy: null }])
  expect(
    (await own.request('PUT', `/customers/${id}/arrival`, { body: { wayId: null, referredById: friend } })).body.code,
  ).toBe('customers.unknown')
})

test('the list of ways is the shop’s own: renamed, moved, ended and named again; costs stand by month', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [arrivals], staffActor(rights))
  const list = async () =>
    (await desk.request('GET', '/arrival-ways')).body.items.filter((one: { offered: boolean }) => one.offered)
  const edit = (id: number, version: number, body: object) =>
    desk.request('PATCH', `/arrival-ways/${id}`, { body, headers: { 'if-match': `"${version}"` } })
  const [first] = await list()

  const added = await desk.request('POST', '/arrival-ways', { body: { name: '展会 2026' } })
  const twice = await desk.request('POST', '/arrival-ways', { body: { name: '小红书' } })
  const moved = await edit(added.body.id, 1, { place: 1 })
  const ended = await edit(first.id, 1, { offered: false })
  const facebook = await desk.request('POST', '/arrival-ways', { body: { name: 'Facebook' } })
  const cost = (month: string, amount: number) =>
    desk.request('PUT', `/arrival-costs/${added.body.id}/${month}`, { body: { amount } })
  await cost('2026-01', 120_000)
  await cost('2026-02', 5)
  await cost('2026-02', 0)

  expect([moved.body, ended.body]).toMatchObject([{ version: 2 }, { offered: false }])
  const names = (await list()).map((one: { name: string }) => one.name)
  expect(names.slice(0, 2)).toEqual(['展会 2026', '朋友介绍'])
  expect(names).toContain('Facebook')
  expect(names).not.toContain(first.name)
  expect(facebook.body.key, 'what trackers know by that name').toBe('facebook')
  expect(twice.body.code).toBe('arrivals.taken_name')
  const { body } = await desk.request('GET', '/arrival-costs?from=2026-01&to=2026-12')
  expect(body.items).toEqual([{ wayId: added.body.id, month: '2026-01', amount: 120_000 }])
})

test.each([
  [{ source: 'google', medium: 'cpc' }, 'search'],
  [{ source: 'XHS-notes' }, 'xiaohongshu'],
  [{ source: 'spring', medium: 'email' }, 'email'],
  [{ referrer: 'mp.weixin.qq.com' }, 'wechat'],
  [{ referrer: 'www.google.co.uk' }, 'search'],
  [{ referrer: 'detail.tmall.com' }, 'tmall'],
  [{ referrer: 'tea-lovers.example' }, 'website'],
  [{ referrer: 'notgoogle.example', source: 'leaflet' }, 'website'],
  [{ source: 'leaflet' }, undefined],
])('%o came by %s', (touch, way) => {
  expect(wayOfTouch(touch)).toBe(way)
})
