import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { countCustomers } from '#understand/query/index.ts'
import { openShop } from '#understand/query/testing/open-shop.ts'
import { type Person, smallShop } from '#understand/query/testing/small-shop.ts'
import { planFor } from '#understand/value/index.ts'
import { type PathAsks, pathAsks } from './contract.ts'
import { exportPaths } from './export-paths.ts'
import { runPaths } from './run-paths.ts'

const house = useHouse()

type Told = [day: string, minute: number, did: 'page' | 'viewed' | 'searched' | 'carted' | 'bought', productId?: number]

/** Three people, whose ways one can follow with a finger. */
const told: Told[][] = [
  [
    // A visit of Saturday: looked twice, put into the cart, bought.
    ['2026-02-28', 600, 'viewed', 1],
    ['2026-02-28', 601, 'viewed', 2],
    ['2026-02-28', 610, 'carted', 1],
    ['2026-02-28', 639, 'bought'],
    // Half an hour after its end another one begins.
    ['2026-02-28', 669, 'searched'],
  ],
  [
    ['2026-02-27', 700, 'page'],
    ['2026-02-27', 729, 'viewed', 2],
    ['2026-02-27', 740, 'searched'],
    ['2026-02-27', 741, 'viewed', 3],
  ],
  [
    // Begun on the day before the first one, and not over at midnight: no visit of these days.
    ['2026-02-21', 1425, 'viewed', 1],
    ['2026-02-22', 10, 'carted', 1],
    ['2026-02-28', 100, 'viewed', 3],
    ['2026-02-28', 110, 'bought'],
  ],
]

async function opened(): Promise<Context> {
  const ctx = await house()
  const shop = smallShop(1, told.length)
  shop.products = [
    { id: 1, category: '茶', brandId: null },
    { id: 2, category: '茶', brandId: null },
    { id: 3, category: null, brandId: null },
  ]
  shop.people = shop.people.map(
    (person, at): Person => ({
      ...person,
      added: '2026-01-01',
      next: [],
      reviews: [],
      // In turn by two devices of the same person.
      deeds: told[at]!.flatMap(([day, minute, kind, productId], place) =>
        kind === 'bought'
          ? []
          : [
              {
                day,
                minute,
                kind,
                name: kind,
                productIds: productId ? [productId] : [],
                shopId: 1,
                profile: place % 2,
              },
            ],
      ),
      orders: told[at]!.flatMap(([day, minute, kind]) =>
        kind === 'bought'
          ? [
              {
                ...{
                  day,
                  minute,
                  kind: 'sale' as const,
                  status: 'completed' as const,
                  shopId: 1,
                  profile: 0,
                  way: null,
                },
                lines: [{ productId: 1, kind: 'goods' as const, quantity: 1, amount: 1000 }],
              },
            ]
          : [],
      ),
    }),
  )
  await openShop(ctx, shop)
  await projectAll(ctx)
  return ctx
}

async function asked(ctx: Context, asks: Partial<PathAsks>) {
  const answer = await runPaths(ctx, { asks: pathAsks.parse({ period: { days: 8 }, ...asks }) })
  const said = (one: { did: string | null; of: string | null }) =>
    [one.did ?? 'other', one.of].filter(Boolean).join(' ')
  const named = new Map(answer.places.map((one) => [`${one.at} ${one.key}`, said(one)]))
  const count = async (whose: Condition) => countCustomers(ctx, await planFor(ctx, { where: whose, asOf: answer.asOf }))
  for (const one of [answer.all, ...answer.places, ...answer.links]) {
    expect(await count(one.whose)).toBe(one.people)
    if (one.whoseBefore) expect(await count(one.whoseBefore)).toBe(one.peopleBefore)
  }
  return {
    answer,
    visits: answer.all.visits,
    places: answer.places.map((one) => `${one.at} ${said(one)}: ${one.visits}`).sort(),
    links: answer.links.map(
      (one) =>
        `${named.get(`${one.at - 1} ${one.from}`)} > ${one.at} ${named.get(`${one.at} ${one.to}`)}: ${one.visits}`,
    ),
  }
}

test('from arrival: each visit is followed step by step, the same twice in a row is one, and each number opens its people', async () => {
  const ctx = await opened()

  const { visits, places, links, answer } = await asked(ctx, { steps: 3 })

  expect(visits).toBe(4)
  expect(answer.all.people).toBe(3)
  expect(places).toEqual([
    ...['1 page: 1', '1 searched: 1', '1 viewed: 2'],
    ...['2 bought: 1', '2 carted: 1', '2 nothing: 1', '2 viewed: 1'],
    ...['3 bought: 1', '3 nothing: 1', '3 searched: 1'],
  ])
  expect(links.sort()).toEqual([
    'bought > 3 nothing: 1',
    'carted > 3 bought: 1',
    'page > 2 viewed: 1',
    'searched > 2 nothing: 1',
    'viewed > 2 bought: 1',
    'viewed > 2 carted: 1',
    'viewed > 3 searched: 1',
  ])
  expect(answer.places[0]!.share).toBe(0.5)

  const few = await asked(ctx, { steps: 2, places: 2, where: { is: 'bought' } })
  expect(few.visits).toBe(3)

  const { length } = await asked(ctx, { steps: 5, period: { from: '2026-02-22', to: '2026-02-22' } }).then(
    (one) => one.places,
  )
  expect(length).toBe(0)
})

test('before a purchase, by category, beside the days before, and taken along as a file', async () => {
  const ctx = await opened()

  const back = await asked(ctx, { start: 'bought', back: true, steps: 3, by: 'category' })
  expect(back.visits).toBe(2)
  expect(back.places).toEqual([
    ...['1 carted 茶: 1', '1 viewed: 1'],
    ...['2 nothing: 1', '2 viewed 茶: 1'],
    ...['3 nothing: 1'],
  ])

  const gathered = await asked(ctx, { steps: 1, places: 2, by: 'product' })
  expect(gathered.places).toEqual(['1 other: 2', '1 page: 1', '1 viewed p1: 1'])

  const compared = await asked(ctx, { steps: 1, period: { from: '2026-02-28', to: '2026-02-28' }, compare: true })
  expect(compared.places).toEqual(['1 page: 0', '1 searched: 1', '1 viewed: 2'])
  expect(compared.answer.places.map(({ did, visitsBefore }) => [did, visitsBefore])).toEqual([
    ['viewed', 0],
    ['searched', 0],
    ['page', 1],
  ])

  const pieces: Buffer[] = []
  const asks = pathAsks.parse({ period: { days: 8 }, steps: 2, start: 'viewed' })
  for await (const piece of await exportPaths(ctx, { asks })) pieces.push(piece)
  const lines = Buffer.concat(pieces).toString().trim().split('\r\n')
  expect(lines[1]).toBe('"1","","bought","1","1"')
  expect(lines).toHaveLength(10)
})
