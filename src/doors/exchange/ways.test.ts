import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { arrivals, saveFirstTouches } from '#know/arrivals/index.ts'
import { ordersModule } from '#know/orders/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import type { Preset } from './preset.ts'
import { problemsFrom } from './problems.ts'
import { run } from './run.ts'
import { startUndo } from './steer.ts'

const house = useHouse()

const counts = (told: { new: number; changed: number; same: number } | undefined) =>
  told && [told.new, told.changed, told.same]

async function undone(ctx: TestContext, id: number): Promise<void> {
  await startUndo(ctx, id)
  await run(ctx, id, new AbortController().signal)
}

async function stepsOf(ctx: TestContext) {
  const { rows } = await sql<{ number: string; step: string; at: Date; words: string }>`
    select o.number, s.step, s.at, concat_ws(' ', s.carrier, s.tracking) as words from order_steps s join orders o on o.id = s.order_id
     order by 1, s.at`.execute(ctx.db)
  return rows.map(({ number, step, at, words }) =>
    [number, step, at.toISOString().slice(0, 16), words].join(' ').trim(),
  )
}

const isOn = async (ctx: TestContext) =>
  Object.fromEntries(
    (
      await sql<{ number: string; step: string }>`select number, step from orders where step is not null`.execute(
        ctx.db,
      )
    ).rows.map(({ number, step }) => [number, step]),
  )

test('a file of orders tells how far they are; a carrier’s list goes on with it, is seen before, told twice the same, and taken back', async () => {
  const ctx = await house()
  const orders: Partial<Preset> = {
    columns: {
      'order.number': ['Order'],
      'order.placedAt': ['Date'],
      'line.name': ['Item'],
      'line.amount': ['Paid'],
      'order.shippedAt': ['Shipped'],
      'order.carrier': ['Carrier'],
      'order.tracking': ['Parcel'],
    },
  }
  const list: Partial<Preset> = {
    code: 'carrier',
    source: { code: 'carrier', name: 'Carrier' },
    columns: {
      'order.number': ['Order'],
      'order.deliveredAt': ['There'],
      'order.receivedAt': ['Taken'],
      'order.tracking': ['Parcel'],
    },
  }
  const of =
    'Order,Date,Item,Paid,Shipped,Carrier,Parcel\n' +
    'a,2026-02-01 18:00,Mug,10,2026-02-01,SF,P1\na,2026-02-01 18:00,Bowl,10,2026-02-01,SF,P1\n' +
    'b,2026-02-01 10:00,Mug,10,,,\nc,2026-02-03 10:00,Mug,10,2026-01-20 10:00,,\n'
  const there =
    'Order,There,Taken,Parcel\na,2026-02-03 09:00,,P1\nb,2026-02-04 09:00,2026-02-05 09:00,\nx,2026-02-03 09:00,,\n'

  const first = await anImport(ctx, of, { preset: orders, goal: 'compared' })
  const one = await anImport(ctx, of, { preset: orders })
  const seen = await anImport(ctx, there, { preset: list, goal: 'compared' })
  const before = await stepsOf(ctx)
  const two = await anImport(ctx, there, { preset: list })
  const again = await anImport(ctx, there, { preset: list, goal: 'compared' })

  expect([counts(first.comparison!.steps), one.state, one.summary!.steps]).toEqual([[1, 0, 0], 'applied', 1])
  expect((await problemsFrom(ctx, one.id, 0, 10)).map(({ row, reason }) => [row, reason])).toEqual([
    [5, 'exchange.step_before_sale'],
  ])
  expect(before, 'a date without its hour is not before the sale of that day').toEqual([
    'a shipped 2026-02-01T10:00 SF P1',
  ])
  expect([counts(seen.comparison!.steps), seen.comparison!.orders.new, two.state]).toEqual([[3, 0, 0], 0, 'applied'])
  expect((await problemsFrom(ctx, two.id, 0, 10)).map(({ row, reason, value }) => [row, reason, value])).toEqual([
    [4, 'exchange.step_no_order', 'x'],
  ])
  expect(counts(again.comparison!.steps)).toEqual([0, 0, 3])
  expect(await isOn(ctx)).toEqual({ a: 'delivered', b: 'received' })
  const { rows: facts } = await sql<{ kind: string; historic: boolean }>`
    select kind, historic from facts where kind in ('orders.shipped', 'orders.delivered', 'orders.received') order by at, kind`.execute(
    ctx.db,
  )
  expect(facts.map(({ kind, historic }) => [kind, historic])).toEqual([
    ['orders.shipped', true],
    ['orders.delivered', true],
    ['orders.delivered', true],
    ['orders.received', true],
  ])

  // Another list says one of them too, and somebody at the counter has seen the other: both outlive the first list.
  const more = await anImport(ctx, 'Order,There,Taken,Parcel\na,2026-02-03 09:00,,P1\n', { preset: list })
  const { rows: b } = await sql<{ id: number }>`select id from orders where number = 'b'`.execute(ctx.db)
  await serverOf(ctx, [ordersModule]).request('POST', `/orders/${b[0]!.id}/steps`, {
    body: { step: 'delivered', at: '2026-02-04T01:30:00Z' },
  })
  await undone(ctx, two.id)
  const left = await stepsOf(ctx)
  await undone(ctx, more.id)
  expect(left).toEqual([
    'a shipped 2026-02-01T10:00 SF P1',
    'a delivered 2026-02-03T01:00 P1',
    'b delivered 2026-02-04T01:30',
  ])
  expect(await isOn(ctx)).toEqual({ a: 'shipped', b: 'delivered' })
  await undone(ctx, one.id)
  expect(await stepsOf(ctx)).toEqual(['b delivered 2026-02-04T01:30'])
})

test('a file tells where customers came from: known sources in any language, new ones made; an undo brings back what the tracker knew', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [arrivals])
  const preset: Partial<Preset> = {
    columns: {
      'customer.id': ['Customer'],
      'customer.name': ['Name'],
      'customer.source': ['Source'],
      'customer.campaign': ['Campaign'],
      'customer.cameAt': ['Came'],
    },
  }
  const header = 'Customer,Name,Source,Campaign,Came\n'
  const told = async () => {
    const { rows } = await sql<{ number: string; words: string }>`
      select p.external_id as number, concat_ws(' ', a.origin, coalesce(w.key, w.name), a.campaign, a.on_day) as words
        from arrivals a join profiles p on p.id = a.profile_id left join arrival_ways w on w.id = a.way_id where not a.gone order by 1`.execute(
      ctx.db,
    )
    return Object.fromEntries(rows.map(({ number, words }) => [number, words]))
  }
  const people = await anImport(ctx, 'Customer,Name\nk1,Ana\nk2,Bo\n', { preset })
  const { rows } = await sql<{ id: number }>`select id from profiles where external_id = 'k2'`.execute(ctx.db)
  const touch = { profileId: rows[0]!.id, at: new Date('2026-02-20T04:00:00Z'), source: 'douyin', campaign: 'Spring' }
  await inTransaction(ctx, (ctx) => saveFirstTouches(ctx, [touch]))

  const file = `${header}k1,Ana,小红书,新茶,2026-02-10\nk2,Bo,Friend,,\nk3,Cy,Tea fair,,2026-02-12\nk4,Di,tea fair,,\nk5,Ed,,,2026-02-12\n`
  const seen = await anImport(ctx, file, { preset, goal: 'compared' })
  const one = await anImport(ctx, file, { preset })
  const first = await told()
  const again = await anImport(ctx, file, { preset, goal: 'compared' })
  await anImport(ctx, `${header}k3,Cy,website,,2026-02-12\n`, { preset })
  const changed = await told()

  expect(people.state).toBe('applied')
  expect([
    seen.comparison!.sources,
    seen.comparison!.samples.flatMap(({ fields }) => fields.map(({ field }) => field)),
  ]).toEqual([{ told: 4, fresh: 1 }, expect.arrayContaining(['#arrival'])])
  expect(again.comparison!.sources).toEqual({ told: 0, fresh: 0 })
  expect(first).toEqual({
    k1: 'import xiaohongshu 新茶 2026-02-10',
    k2: expect.stringMatching(/^import friend \d/),
    k3: 'import Tea fair 2026-02-12',
    k4: expect.stringMatching(/^import Tea fair \d/),
  })
  expect(changed.k3).toBe('import website 2026-02-12')
  const { body: ways } = await desk.request('GET', '/arrival-ways')
  expect(ways.items.filter(({ name }: { name: string }) => /tea fair/i.test(name))).toHaveLength(1)
  const { rows: facts } = await sql`select 1 from facts where kind = 'arrivals.said' and historic`.execute(ctx.db)
  expect(facts).toHaveLength(5)

  await undone(ctx, one.id)
  expect(await told(), 'the tracker’s word is back, and so is what the later file says').toEqual({
    k2: 'tracking douyin Spring 2026-02-20',
    k3: 'import website 2026-02-12',
  })
  const { rows: after } = await sql`select 1 from facts where kind = 'arrivals.said'`.execute(ctx.db)
  expect(after).toHaveLength(1)
  await anImport(ctx, file, { preset })
  expect((await told()).k1, 'what was taken back can be told again').toBe('import xiaohongshu 新茶 2026-02-10')
})
