import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { reviews } from '#know/reviews/index.ts'
import type { TableShape } from '#platform/files/index.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { guessPreset } from './guess.ts'
import type { Preset } from './preset.ts'
import { problemsFrom } from './problems.ts'
import { run } from './run.ts'
import { startUndo } from './steer.ts'

const house = useHouse()
const shape = { name: 'x.csv', sample: [] } as unknown as TableShape

const orders: Partial<Preset> = {
  columns: {
    'order.number': ['Order'],
    'order.placedAt': ['Date'],
    'customer.id': ['Customer'],
    'line.code': ['Code'],
    'line.name': ['Item'],
    'line.amount': ['Paid'],
    'review.rating': ['Stars'],
    'review.at': ['Reviewed'],
  },
}
const list: Partial<Preset> = {
  columns: {
    'order.number': ['Order'],
    'customer.id': ['Customer'],
    'line.code': ['Code'],
    'review.rating': ['Rating'],
    'review.words': ['Words'],
    'review.at': ['Written'],
    'review.id': ['Id'],
  },
}

const counts = (told: { new: number; changed: number; same: number } | undefined) =>
  told && [told.new, told.changed, told.same]

async function kept(ctx: TestContext) {
  const { rows } = await sql<{ words: string }>`
    select concat_ws(' ', c.external_id, o.number, p.code, r.rating, r.words) as words
      from reviews r join profiles c on c.id = r.profile_id left join orders o on o.id = r.order_id left join products p on p.id = r.product_id
     order by 1`.execute(ctx.db)
  return rows.map(({ words }) => words)
}

async function undone(ctx: TestContext, id: number): Promise<void> {
  await startUndo(ctx, id)
  await run(ctx, id, new AbortController().signal)
}

test('a list of reviews is recognised by its header; a rating alone makes none', () => {
  const guessed = (header: string[]) =>
    Object.keys(
      guessPreset({ ...shape, columns: header }, { presets: [], zone: 'Asia/Shanghai', currency: 'CNY' }).columns,
    )

  expect(guessed(['订单编号', '商品编码', '评分', '评价内容', '日期']).sort()).toEqual([
    ...['line.code', 'order.number', 'review.at', 'review.rating', 'review.words'],
  ])
  expect(guessed(['客户编号', '姓名', 'rating'])).toEqual(['customer.id', 'customer.name'])
})

test('reviews come with orders and by themselves: seen before, told twice the same, refused by row and column, taken back', async () => {
  const ctx = await house()
  const sold =
    'Order,Date,Customer,Code,Item,Paid,Stars,Reviewed\n' +
    'a,2026-02-01 10:00,k1,mug,Mug,10,★★★★★,2026-02-05\na,2026-02-01 10:00,k1,bowl,Bowl,10,,\nb,2026-02-02 10:00,k2,mug,Mug,10,差评,2026-02-06\n'
  const said =
    'Order,Customer,Code,Rating,Words,Written,Id\n' +
    'a,,bowl,4,nice,2026-02-07,r1\n,k3,mug,2,chipped,2026-02-08,r2\n' +
    'x,,mug,3,,2026-02-08,r3\na,,cup,3,,2026-02-08,r4\na,,mug,6,,2026-02-08,r5\nb,,mug,3,,2026-01-20,r6\na,,mug,3,,,r7\n,,mug,3,,2026-02-08,r8\n'

  const one = await anImport(ctx, sold, { preset: orders })
  const seen = await anImport(ctx, said, { preset: list, goal: 'compared' })
  const before = await kept(ctx)
  const two = await anImport(ctx, said, { preset: list })
  const again = await anImport(ctx, said, { preset: list, goal: 'compared' })

  expect([one.state, one.summary!.reviews, counts(one.comparison?.reviews)]).toEqual(['applied', 2, undefined])
  expect(before).toEqual(['k1 a mug 5', 'k2 b mug 1'])
  expect([counts(seen.comparison!.reviews), seen.comparison!.orders.new, seen.comparison!.customers.new]).toEqual([
    [2, 0, 0],
    0,
    1,
  ])
  expect(two.state).toBe('applied')
  expect(await kept(ctx)).toEqual(['k1 a bowl 4 nice', 'k1 a mug 5', 'k2 b mug 1', 'k3 mug 2 chipped'])
  expect(counts(again.comparison!.reviews)).toEqual([0, 0, 2])
  expect(
    (await problemsFrom(ctx, two.id, 0, 10)).map(({ row, reason, columnName, value }) => [
      row,
      reason,
      columnName,
      value,
    ]),
  ).toEqual([
    [4, 'exchange.review_no_order', 'Order', 'x'],
    [5, 'exchange.review_no_product', 'Code', 'cup'],
    [6, 'exchange.bad_rating', 'Rating', '6'],
    [7, 'exchange.review_before_sale', 'Written', 'b'],
    [8, 'exchange.no_review_date', 'Written', ''],
    [9, 'exchange.nobody', null, null],
  ])
  const { rows: facts } = await sql<{ historic: boolean }>`
    select historic from facts where kind = 'reviews.said'`.execute(ctx.db)
  expect(facts.map(({ historic }) => historic)).toEqual([true, true, true, true])

  // A later file tells one anew, and somebody answers it: it stays when the list is taken back.
  const later = said.split('\n').slice(0, 2).join('\n').replace('4,nice', '3,so so')
  const changed = await anImport(ctx, later, { preset: list })
  expect(await kept(ctx)).toContain('k1 a bowl 3 so so')
  const { rows } = await sql<{
    id: number
    version: number
  }>`select id, version from reviews where words = 'chipped'`.execute(ctx.db)
  await serverOf(ctx, [reviews]).request('PUT', `/reviews/${rows[0]!.id}/answer`, {
    body: { words: 'sorry' },
    headers: { 'if-match': `"${rows[0]!.version}"` },
  })
  await undone(ctx, two.id)
  expect(await kept(ctx)).toEqual(['k1 a bowl 3 so so', 'k1 a mug 5', 'k2 b mug 1', 'k3 mug 2 chipped'])
  await undone(ctx, changed.id)
  await undone(ctx, one.id)
  expect(await kept(ctx)).toEqual(['k3 mug 2 chipped'])
  await anImport(ctx, sold, { preset: orders })
  expect(await kept(ctx), 'what was taken back can be told again').toEqual([
    'k1 a mug 5',
    'k2 b mug 1',
    'k3 mug 2 chipped',
  ])
})
