import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileTally, monthOf, rowsOf } from '#understand/query/index.ts'
import { openShop } from '#understand/query/testing/open-shop.ts'
import { type Person, smallShop } from '#understand/query/testing/small-shop.ts'
import { planFor } from '#understand/value/index.ts'
import { cohortsOf, peopleOfCell } from './cohorts-of.ts'
import { type CohortBy, type CohortCell, type CohortRow, type CohortWhat, fewest } from './contract.ts'
import { cohorts } from './index.ts'

const house = useHouse()
const asOf = '2026-03-01'
const last = monthOf(asOf)
const shop = smallShop(7, 160)

/** A person's purchases, from the data. */
function lifeOf({ orders }: Person) {
  const bought = orders
    .filter(({ kind, status, day }) => kind === 'sale' && status !== 'void' && day <= asOf)
    .sort((a, b) => a.day.localeCompare(b.day))
  const first = bought[0]?.day
  return { months: bought.map(({ day }) => monthOf(day)), begun: bought.filter(({ day }) => day === first) }
}

function groupsOf(person: Person, by: CohortBy): string[] {
  const { begun } = lifeOf(person)
  const products = begun.flatMap(({ lines }) =>
    lines.flatMap((one) => (one.kind === 'postage' ? [] : (one.productId ?? []))),
  )
  const category = (id: number) => shop.products.find((one) => one.id === id)?.category ?? []
  const told = [...person.came].sort(
    (a, b) => a.rank - b.rank || a.day.localeCompare(b.day) || a.profile - b.profile,
  )[0]
  const groups: Record<CohortBy, (string | number)[]> = {
    month: [],
    product: products,
    category: products.flatMap(category),
    shop: begun.map(({ shopId }) => shopId),
    channel: begun.map(() => 1),
    way: told ? [told.wayId ?? 0] : [],
  }
  return [...new Set(groups[by].map(String))]
}

/** The cells of a row again, by looking at each person; a month that is not over is not put together with others. */
function naive(by: CohortBy, row: CohortRow, months: number, after: number) {
  const alone = by === 'month' && row.key !== 'all'
  const seen = shop.people.filter((person) => {
    const [first] = lifeOf(person).months
    if (first === undefined || first <= last - months || first > last) return false
    if (alone) return `${Math.floor((first - 1) / 12)}-${String(((first - 1) % 12) + 1).padStart(2, '0')}` === row.key
    return first + after < last && (row.key === 'all' || groupsOf(person, by).includes(row.key))
  })
  const count = (passes: (months: number[]) => boolean) => seen.filter((one) => passes(lifeOf(one).months)).length
  return {
    newBuyers: seen.length,
    boughtAgain: count((at) => at.length > 1 && at[1]! <= at[0]! + after),
    cameBack: count((at) => at.includes(at[0]! + after)),
  }
}

/** How many people some questions find, in one reading. */
async function countAll(ctx: Context, questions: readonly Condition[]): Promise<number[]> {
  const plans = await Promise.all(questions.map((where) => planFor(ctx, { where })))
  const { lens, yardstick } = plans[0]!
  const conditions = plans.map(({ where }) => where)
  return (await rowsOf<{ yes: number[] }>(ctx, compileTally({ lens, yardstick, conditions })))[0]!.yes
}

test('cohorts are what one counts by looking at each person, and each cell opens as many people as it says', async () => {
  const ctx = await house()
  await openShop(ctx, shop)
  await ctx.db.insertInto('channels').values({ code: 'web', name: 'Web', kind: 'online' }).execute()
  await ctx.db.updateTable('shops').set({ channelId: 1 }).execute()
  await projectAll(ctx)

  for (const by of ['month', 'category', 'product', 'shop', 'channel', 'way'] as const) {
    const found = await cohortsOf(ctx, { by, months: 8 })
    const rows = [...found.rows, found.all]
    const asked = rows.flatMap((row) =>
      row.cells.flatMap((cell) => (['again', 'back'] as CohortWhat[]).map((what) => ({ row, cell, what }))),
    )

    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) {
      for (const { after, ...cell } of row.cells) {
        expect(cell, `${by} ${row.key} +${after}`).toMatchObject(naive(by, row, 8, after))
        const share = cell.newBuyers < fewest ? null : cell.boughtAgain / cell.newBuyers
        expect(cell.repurchaseWithin).toBe(share)
      }
    }
    expect(
      await countAll(
        ctx,
        rows.map(({ people }) => people),
      ),
    ).toEqual(rows.map(({ newBuyers }) => newBuyers))
    for (let at = 0; at < asked.length; at += 30) {
      const some = asked.slice(at, at + 30)
      const questions = await Promise.all(
        some.map(({ row, cell, what }) => peopleOfCell(ctx, { by, key: row.key, after: cell.after, what, months: 8 })),
      )
      const said = ({ cell, what }: { cell: CohortCell; what: CohortWhat }) =>
        what === 'again' ? cell.boughtAgain : cell.cameBack
      expect(
        await countAll(
          ctx,
          questions.map(({ people }) => people),
        ),
        by,
      ).toEqual(some.map(said))
    }
  }
})

test('a month that is not over is marked, a small cohort has no share, and nobody’s cohort is empty', async () => {
  const ctx = await house()
  const buys = (...days: string[]) => ({ orders: days.map((day) => ({ day })) })
  await someCustomers(ctx, [buys('2026-01-31', '2026-02-28'), buys('2026-01-05', '2026-03-01'), buys('2026-02-01'), {}])
  await projectAll(ctx)
  const server = serverOf(ctx, [cohorts])

  const { body } = await server.request('GET', '/cohorts?by=month&months=3')
  const { body: empty } = await server.request('GET', '/cohorts?by=way')

  expect(body.rows.map(({ key, cells }: CohortRow) => [key, ...cells.map((one) => [one.cameBack, one.over])])).toEqual([
    ['2026-01', [2, true], [1, true], [1, false]],
    ['2026-02', [1, true], [0, false]],
  ])
  expect(body.rows[0].cells[1]).toMatchObject({ newBuyers: 2, boughtAgain: 1, repurchaseWithin: null })
  // Of two months only January has a month after that is over.
  expect(body.all.cells).toMatchObject([{ newBuyers: 3 }, { newBuyers: 2, cameBack: 1 }])
  expect([empty.rows, empty.all.newBuyers]).toEqual([[], 3])
})
