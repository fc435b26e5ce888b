import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { overview } from '#understand/metrics/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anAnonymousOrder, someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileTally, rowsOf } from '#understand/query/index.ts'
import { openShop } from '#understand/query/testing/open-shop.ts'
import { type Order, type Person, smallShop } from '#understand/query/testing/small-shop.ts'
import { segments } from '#understand/segments/index.ts'
import { planFor } from '#understand/value/index.ts'
import { asks, reportMetrics, type Split } from './contract.ts'
import { exportReport } from './export-report.ts'
import { reports } from './index.ts'
import { runReport } from './run-report.ts'

const house = useHouse()
const today = '2026-03-01'
const shop = smallShop(11, 120)
const days = { from: '2025-08-05', to: '2026-02-20' }
const monthOf = (day: string) => day.slice(0, 7)
const mondayOf = (day: string) => addDays(day, -((new Date(day).getUTCDay() + 6) % 7))

type Line = { day: string; amount: number; sale: boolean; order: Order }

/** The documents of a person, or the lines of goods of them, that have a key; without a key they are nobody's. */
function linesOf(person: Person, split: Split): [key: string, line: Line][] {
  const documents = person.orders.filter(({ status, day }) => status !== 'void' && day <= today)
  return documents.flatMap((order): [string, Line][] => {
    const line = { day: order.day, sale: order.kind === 'sale', order }
    const amount = order.lines.reduce((sum, one) => sum + one.amount, 0)
    const keys: Partial<Record<Split, string>> = {
      none: '1',
      month: monthOf(order.day),
      week: mondayOf(order.day),
      shop: String(order.shopId),
      channel: order.shopId === 1 ? '1' : '0',
      city: person.city ?? 'unknown',
    }
    if (split === 'tag') return tagsOf(person).map((tag) => [tag, { ...line, amount }])
    if (keys[split] !== undefined) return [[keys[split], { ...line, amount }]]
    return order.lines.flatMap((one): [string, Line][] => {
      const product = shop.products.find(({ id }) => id === one.productId)
      const key = {
        category: product?.category ?? '',
        brand: String(product?.brandId ?? 0),
        product: String(product?.id ?? 0),
      }
      return one.kind === 'postage' ? [] : [[key[split as keyof typeof key], { ...line, amount: one.amount }]]
    })
  })
}

function tagsOf(person: Person): string[] {
  return [1, 2].flatMap((id) => {
    const said = person.tags.filter(({ tagId, until }) => tagId === id && (until === null || until >= today))
    const hand = said.filter(({ origin }) => origin === 'hand').sort((a, b) => b.at - a.at || b.profile - a.profile)[0]
    return (hand ? hand.state === 'yes' : said.length > 0) ? [String(id)] : []
  })
}

/** The numbers of a key, by looking at each person. */
function naive(split: Split, key: string, people: readonly Person[]) {
  const found = { knownRevenue: 0, knownPurchases: 0, buyers: 0, repeatBuyers: 0, newBuyers: 0 }
  for (const person of people) {
    const mine = linesOf(person, split).filter(([of, { day }]) => of === key && day >= days.from && day <= days.to)
    const bought = new Set(mine.filter(([, { sale }]) => sale).map(([, { order }]) => order)).size
    const first = person.orders
      .filter(({ kind, status, day }) => kind === 'sale' && status !== 'void' && day <= today)
      .map(({ day }) => day)
      .sort()[0]
    const isNew = first !== undefined && first >= days.from && first <= days.to
    const sameTime =
      split === 'month' ? monthOf(first ?? '') === key : split === 'week' ? mondayOf(first ?? today) === key : true
    found.knownRevenue += mine.reduce((sum, [, { amount }]) => sum + amount, 0)
    found.knownPurchases += bought
    found.buyers += bought > 0 ? 1 : 0
    found.repeatBuyers += bought > 1 ? 1 : 0
    found.newBuyers += isNew && sameTime && bought > 0 ? 1 : 0
  }
  return found
}

async function countAll(ctx: Context, questions: readonly Condition[]): Promise<number[]> {
  const plans = await Promise.all(questions.map((where) => planFor(ctx, { where })))
  const { lens, yardstick } = plans[0]!
  const conditions = plans.map(({ where }) => where)
  return (await rowsOf<{ yes: number[] }>(ctx, compileTally({ lens, yardstick, conditions })))[0]!.yes
}

test('a report is what one counts by looking at each person, however it is divided, and each number opens its people', async () => {
  const ctx = await house()
  await openShop(ctx, shop)
  await ctx.db.insertInto('channels').values({ code: 'web', name: 'Web', kind: 'online' }).execute()
  await ctx.db.updateTable('shops').set({ channelId: 1 }).where('id', '=', 1).execute()
  await projectAll(ctx)
  const metrics = ['knownRevenue', 'purchases', 'buyers', 'newBuyers', 'returningBuyers', 'repeatBuyers'] as const
  const hangzhou: Condition = { is: 'text', field: 'city', in: ['杭州', '上海'] }
  const looks = [
    ['none', { is: 'everyone' }],
    ['month', hangzhou],
    ['week', { is: 'everyone' }],
    ['city', { is: 'everyone' }],
    ['tag', hangzhou],
    ['shop', { is: 'everyone' }],
    ['channel', hangzhou],
    ['category', hangzhou],
    ['brand', { is: 'everyone' }],
    ['product', { is: 'everyone' }],
  ] as const

  for (const [split, where] of looks) {
    const people =
      where.is === 'everyone' ? shop.people : shop.people.filter(({ city }) => city === '杭州' || city === '上海')
    const found = await runReport(ctx, { asks: asks.parse({ metrics, where, split, period: days }) })
    const rows = split === 'none' ? [found.all] : found.rows

    expect(rows.length).toBeGreaterThan(0)
    for (const { key, cells } of rows) {
      const named = { none: '1', month: monthOf(key), city: key.replace(/^=/, '') }[split as string] ?? key
      const { knownRevenue, knownPurchases, buyers, newBuyers, repeatBuyers } = naive(split, named, people)
      expect(
        cells.map(({ value }) => value),
        `${split} ${key}`,
      ).toEqual([...[knownRevenue, knownPurchases, buyers, newBuyers, buyers - newBuyers, repeatBuyers]])
    }
    const asked = rows.flatMap(({ cells }) => cells.slice(2).filter(({ people }) => people !== null))
    for (let at = 0; at < asked.length; at += 30) {
      const some = asked.slice(at, at + 30)
      expect(
        await countAll(
          ctx,
          some.map((cell) => cell.people!),
        ),
        split,
      ).toEqual(some.map(({ value }) => value))
    }
  }
})

test('the whole agrees with the overview, sales to nobody known included, and a year earlier stands beside it', async () => {
  const ctx = await house()
  await someCustomers(ctx, [
    {
      city: '杭州',
      orders: [
        { day: '2025-02-10', amount: 300 },
        { day: '2026-02-10', amount: 500 },
      ],
    },
    {
      orders: [
        { day: '2026-02-11', amount: 700 },
        { day: '2026-02-12', amount: -200, kind: 'cancellation' },
      ],
    },
  ])
  await anAnonymousOrder(ctx, { day: '2026-02-13', amount: 50 })
  await projectAll(ctx)
  const period = { from: '2026-02-01', to: '2026-02-28' }
  const seen = await overview(ctx, period)
  const metrics = ['revenue', 'purchases', 'averageOrder', 'buyers', 'newBuyers', 'anonymousRevenue'] as const
  const run = (more: object) => runReport(ctx, { asks: asks.parse({ metrics, period, ...more }) })

  const { all, rows, before } = await run({ split: 'city', compare: 'year' })
  const { rows: months } = await run({ split: 'month', period: { last: 2, unit: 'months' }, compare: 'year' })

  const overviewSays = (key: string) => seen.metrics.find((one) => one.key === key)!.value
  expect(all.cells.slice(0, 5).map(({ value }) => value)).toEqual(
    ['periodRevenue', 'periodPurchases', 'periodAverageOrder', 'periodBuyers', 'newBuyers'].map(overviewSays),
  )
  expect(before).toEqual({ from: '2025-02-01', to: '2025-02-28' })
  expect(rows.map(({ key, cells }) => [key, cells[0]!.value, cells[0]!.before])).toEqual([
    ['=杭州', 500, 300],
    ['unknown', 500, 0],
    ['anonymous', 50, 0],
  ])
  expect(all.cells[0]).toMatchObject({ value: 1050, before: 300, change: 2.5 })
  expect(months.map(({ from, cells }) => [from, cells[0]!.value, cells[0]!.before])).toEqual([
    ['2026-02-01', 1050, 300],
    ['2026-03-01', 0, 0],
  ])
})

test('a report is saved under a name, found by colleagues, changed and taken along as a file; who sees one shop reads one shop', async () => {
  const ctx = await house()
  await ctx.db.insertInto('shops').values({ code: 'second', name: '=Second' }).execute()
  await someCustomers(ctx, [
    {
      orders: [
        { day: '2026-02-10', amount: 500 },
        { day: '2026-02-11', amount: 90, shopId: 2 },
      ],
    },
  ])
  await projectAll(ctx)
  const server = serverOf(ctx, [reports, segments])
  const wanted = { metrics: ['revenue', 'repurchaseRate'], split: 'shop', period: { last: 2, unit: 'months' } }

  const { status, body: saved } = await server.request('POST', '/reports', { body: { name: '各店', asks: wanted } })
  const twice = await server.request('POST', '/reports', { body: { name: '各店', asks: wanted } })
  const wrong = await server.request('POST', '/reports', {
    body: { name: 'x', asks: { ...wanted, where: { is: 'segment', in: [9] } } },
  })
  const stale = await server.request('PATCH', `/reports/${saved.id}`, {
    body: { note: 'x' },
    headers: { 'if-match': '"7"' },
  })
  const edited = await server.request('PATCH', `/reports/${saved.id}`, {
    body: { note: 'weekly' },
    headers: { 'if-match': '"1"' },
  })
  const { items } = (await server.request('GET', '/reports')).body
  const pieces: Buffer[] = []
  for await (const piece of await exportReport(ctx, { name: '各店', asks: asks.parse(wanted), format: 'csv' }))
    pieces.push(piece)
  const mine = { ...ctx, actor: { ...ctx.actor, scope: { kind: 'shops' as const, shopIds: [2] } } }
  const seen = await runReport(mine, { asks: asks.parse(wanted) })

  expect([status, twice.body.code, wrong.body.code, stale.status]).toEqual([
    201,
    'reports.taken_name',
    'query.unknown_segment',
    412,
  ])
  expect([edited.body.note, edited.body.version, items.length]).toEqual(['weekly', 2, 1])
  expect(Buffer.concat(pieces).toString().replace('\ufeff', '').split('\r\n')).toEqual([
    ...[
      '"Shop","Revenue","Repurchase rate"',
      '"Main shop","5.00","0"',
      `"'=Second","0.90","0"`,
      '"In all","5.90","1"',
      '',
    ],
  ])
  expect(seen.rows.map(({ name, cells }) => [name, cells[0]!.value])).toEqual([['=Second', 90]])
  // A segment that the report names is held by it, until the report asks for something else.
  const { body: segment } = await server.request('POST', '/segments', {
    body: { name: '买家', question: { is: 'bought' } },
  })
  const edit = (change: object, version: number) =>
    server.request('PATCH', `/reports/${saved.id}`, { body: change, headers: { 'if-match': `"${version}"` } })
  const removeSegment = () => server.request('DELETE', `/segments/${segment.id}`)
  const asksOfIt = { ...wanted, where: { is: 'not', of: { is: 'segment', in: [segment.id] } } }
  expect((await edit({ asks: asksOfIt }, 2)).status).toBe(200)
  expect((await edit({ name: '门店' }, 3)).status).toBe(200)
  const held = await removeSegment()
  expect([held.status, held.body.code, JSON.stringify(held.body)]).toEqual([
    409,
    'segments.in_use',
    expect.stringContaining('门店'),
  ])
  expect((await server.request('GET', `/segments/${segment.id}`)).body.uses).toEqual([
    { kind: 'report', id: saved.id, name: '门店' },
  ])
  expect((await edit({ asks: wanted }, 4)).status).toBe(200)
  expect((await removeSegment()).status).toBe(200)
  expect((await server.request('DELETE', `/reports/${saved.id}`)).status).toBe(200)
  expect((await server.request('GET', `/reports/${saved.id}`)).body.code).toBe('reports.unknown_one')
  expect(reportMetrics.length).toBeGreaterThan(10)
})
