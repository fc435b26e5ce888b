import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { useHouse } from '#platform/testing/index.ts'

// Keys that are checked by the statement, not by the row (migrations/postgres/0013), promise what foreign keys do.

const house = useHouse()

async function aSoldProduct(ctx: Context) {
  const { rows } = await sql<{ order: number; product: number }>`
    with p as (insert into products (code, name, kind) values ('T1', 'Keemun', 'goods') returning id),
         f as (insert into profiles (source_id, external_id) select id, 'o1' from sources limit 1 returning id, source_id),
         o as (insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
               select id, source_id, 1, 'N1', 'sale', '2026-02-01', '2026-02-01', 100, 0 from f returning id)
    select o.id as order, p.id as product from o, p`.execute(ctx.db)
  return rows[0]!
}

const addLines = (ctx: Context, order: number, products: (number | null)[]) =>
  sql`
    insert into order_lines (order_id, line, product_id, kind, quantity, unit_price, amount)
    select ${order}::bigint, at, product, 'goods', 1, 1, 100 from unnest(${products}::bigint[]) with ordinality as told(product, at)`.execute(
    ctx.db,
  )

test('a line of an order or a product that is not there is refused, with all that came with it', async () => {
  const ctx = await house()
  const { order, product } = await aSoldProduct(ctx)

  await expect(addLines(ctx, order, [product, product + 1])).rejects.toMatchObject({ code: '23503' })
  await expect(addLines(ctx, order + 1, [product])).rejects.toMatchObject({ code: '23503' })

  const { rows } = await sql`select count(*) as lines from order_lines`.execute(ctx.db)
  expect(rows).toEqual([{ lines: 0 }])
})

test('a product that was sold stays; an order goes with its lines', async () => {
  const ctx = await house()
  const { order, product } = await aSoldProduct(ctx)
  await addLines(ctx, order, [product, null])

  await expect(sql`delete from products where id = ${product}`.execute(ctx.db)).rejects.toMatchObject({ code: '23503' })
  await expect(
    sql`update order_lines set product_id = ${product + 1} where line = 2`.execute(ctx.db),
  ).rejects.toMatchObject({ code: '23503' })
  await sql`delete from orders where id = ${order}`.execute(ctx.db)

  const { rows } = await sql`select count(*) as lines from order_lines`.execute(ctx.db)
  expect(rows).toEqual([{ lines: 0 }])
})

test('of a sale and a deletion of its product at the same moment, one is refused', async () => {
  const ctx = await house()
  const { order, product } = await aSoldProduct(ctx)
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )
  let ended: Promise<unknown> | undefined

  await inTransaction(ctx, async (selling) => {
    await addLines(selling, order, [product])
    ended = outcome(sql`delete from products where id = ${product}`.execute(ctx.db))
    await pause(200)
  })
  expect(await ended).toBe('23503')

  await sql`delete from order_lines`.execute(ctx.db)
  await inTransaction(ctx, async (removing) => {
    await sql`delete from products where id = ${product}`.execute(removing.db)
    ended = outcome(addLines(ctx, order, [product]))
    await pause(200)
  })
  expect(await ended).toBe('23503')
})
