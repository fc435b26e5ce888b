import { expect, test } from 'vitest'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import { countCustomers } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import { digest } from './index.ts'
import { keepDigest } from './keep-digests.ts'
import { tellWeek } from './tell-week.ts'

const house = useHouse()

test('on Monday the week before is told once, each number with its people; later changes do not restate it', async () => {
  const ctx = await house()
  // The week of Monday, 23 February 2026, with 90 days of active life.
  const bought = (...orders: [day: string, amount: number][]) => ({
    orders: orders.map(([day, amount]) => ({ day, amount })),
  })
  await someCustomers(ctx, [
    bought(['2026-02-23', 500]),
    bought(['2026-01-10', 100], ['2026-03-01', 300]),
    bought(['2025-10-01', 100], ['2025-10-02', 100], ['2026-02-25', 50]),
    bought(['2025-11-25', 900]),
    bought(['2025-12-01', 20]),
    bought(['2025-12-02', 20]),
    bought(['2026-02-17', 70]),
  ])
  await projectAll(ctx)
  ctx.clock.moveTo('2026-03-02T00:00:00Z')
  const server = serverOf(ctx, [digest])

  const made = await keepDigest(ctx)
  const again = await keepDigest(ctx)
  await someCustomers(ctx, [bought(['2026-02-24', 9999])])
  await projectAll(ctx)
  const { body } = await server.request('GET', '/digests')
  const mine = { ...ctx, actor: { ...ctx.actor, scope: { kind: 'shops' as const, shopIds: [1] } } }
  const now = await tellWeek(mine, '2026-02-23')

  expect([made, again]).toEqual(['2026-02-23', undefined])
  expect(body.items).toHaveLength(1)
  expect(body.items[0]).toMatchObject({ from: '2026-02-23', to: '2026-03-01' })
  expect(
    body.items[0].said.map((one: { key: string; value: number; before: number }) => [one.key, one.value, one.before]),
  ).toEqual([
    ['revenue', 850, 70],
    ['buyers', 3, 1],
    ['newBuyers', 1, 1],
    ['secondPurchase', 1, null],
    ['cameBack', 1, null],
    ['turnedSilent', 2, null],
  ])
  expect(now.said[0]).toMatchObject({ key: 'revenue', value: 10_849 })
  for (const { key, value, people } of now.said.slice(1)) {
    expect(await countCustomers(ctx, await planFor(ctx, { where: people, asOf: '2026-03-01' })), key).toBe(value)
  }
})

test('news that somebody has put away are news no more, of this week and those before', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ orders: [{ day: '2026-02-20' }] }])
  await projectAll(ctx)
  ctx.clock.moveTo('2026-02-23T00:00:00Z')
  await keepDigest(ctx)
  const { rows } = await ctx.db
    .insertInto('staff')
    .values({
      name: 'Mei',
      email: 'mei@shop.example',
      role: 'analyst',
      locale: 'en',
      passwordHash: '',
      passwordChangedAt: ctx.clock.now(),
      joinedAt: ctx.clock.now(),
    } as never)
    .returning('id')
    .execute()
    .then((found) => ({ rows: found }))
  const server = serverOf(ctx, [digest], {
    ...ctx.actor,
    kind: 'staff',
    id: rows[0]!.id,
    permissions: new Set(['insight.read']),
  } as never)

  const before = await server.request('GET', '/digests')
  await server.request('POST', '/digests/reads', { body: { week: '2026-02-16' } })
  await server.request('POST', '/digests/reads', { body: { week: '2026-02-09' } })
  const after = await server.request('GET', '/digests')

  expect([before.body.readUpTo, after.body.readUpTo]).toEqual([null, '2026-02-16'])
  expect(after.body.items[0].from).toBe('2026-02-16')
})
