import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { mergeCustomers } from '#know/identity/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import { value } from '#understand/value/index.ts'
import { segments } from '../index.ts'

const house = useHouse()

test('who is in a segment is kept under a name, asked for, compared with now, followed through a merge, and deleted when nothing names it', async () => {
  const ctx = await house()
  const bought = (day: string) => ({ orders: [{ day, amount: 100 }] })
  await someCustomers(ctx, [bought('2026-02-20'), bought('2026-02-25'), bought('2026-02-26'), {}])
  await projectAll(ctx)
  const may = ['customers.read', 'segments.read', 'segments.edit']
  const desk = serverOf(ctx, [segments, value], staffActor(may))
  const question = { is: 'orders', of: 'count', days: 10, atLeast: 1 }
  const { body: recent } = await desk.request('POST', '/segments', { body: { name: 'Recent', question } })
  const take = (name: string, as?: ReturnType<typeof staffActor>) =>
    desk.request('POST', `/segments/${recent.id}/snapshots`, { body: { name }, as })
  const who = async (where: object) => {
    await projectAll(ctx)
    const { body } = await desk.request('POST', '/customers/query', { body: { where } })
    return body.items.map((one: { customerId: number }) => one.customerId).sort()
  }

  const { status, body: spring } = await take('Spring')
  const twice = await take('SPRING')
  const ofOneShop = await take('Mine', staffActor(may, { scope: { kind: 'shops', shopIds: [1] } }))
  expect([status, spring.size, spring.takenOn]).toEqual([201, 3, '2026-03-01'])
  expect([twice.body.code, ofOneShop.status]).toEqual(['segments.taken_snapshot', 403])
  const { body: read } = await desk.request('POST', '/segments/readings', { body: { text: 'snapshot = spring' } })
  expect([read.text, read.sentence]).toEqual(['snapshot = Spring', 'In the snapshot Spring'])
  expect(await who(read.question)).toEqual([1, 2, 3])

  // Five days later the first has gone; the fourth, who was nobody then, turns out to be the third: she was there.
  ctx.clock.moveTo('2026-03-06T04:00:00Z')
  await mergeCustomers(ctx, { into: 4, from: [3], evidence: 'staff' })
  expect(await who({ is: 'snapshot', in: [spring.id] })).toEqual([1, 2, 4])
  await someCustomers(ctx, [{ ...bought('2026-03-05'), added: '2026-03-05' }])
  await projectAll(ctx)
  const { body: compared } = await desk.request('GET', `/segment-snapshots/${spring.id}/comparison`)
  expect(compared).toEqual({ asOf: '2026-03-06', known: 3, stayed: 2, left: 1, unknown: 0, came: 1 })

  const { body: other } = await desk.request('POST', '/segments', {
    body: { name: 'Was here', question: { is: 'not', of: { is: 'snapshot', in: [spring.id] } } },
  })
  const held = await desk.request('DELETE', `/segment-snapshots/${spring.id}`)
  const alsoHeld = await desk.request('DELETE', `/segments/${recent.id}`)
  const unknown = await desk.request('PATCH', `/segments/${other.id}`, {
    body: { question: { is: 'snapshot', in: [99] } },
    headers: { 'if-match': '"1"' },
  })
  expect([held.body.code, JSON.stringify(held.body)]).toEqual([
    'segments.snapshot_in_use',
    expect.stringContaining('Was here'),
  ])
  expect([alsoHeld.body.code, unknown.body.code]).toEqual(['segments.in_use', 'query.unknown_snapshot'])
  expect((await desk.request('DELETE', `/segments/${other.id}`)).status).toBe(200)
  expect((await desk.request('DELETE', `/segment-snapshots/${spring.id}`)).status).toBe(200)
  expect((await desk.request('GET', `/segments/${recent.id}/snapshots`)).body.items).toEqual([])
  const left = await ctx.columns.query({ query: 'SELECT count() AS n FROM segment_snapshots', format: 'JSONEachRow' })
  expect(await left.json()).toEqual([{ n: 0 }])
  // With its segment a snapshot goes too.
  await take('Last')
  expect((await desk.request('DELETE', `/segments/${recent.id}`)).status).toBe(200)
  expect((await sql`select from segment_snapshots`.execute(ctx.db)).rows).toEqual([])
})
