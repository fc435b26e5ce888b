import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { ProductQuery, ProductRow } from './contract.ts'
import { type ProductRecord, productColumns, shown } from './product.ts'

type Order = {
  by: RawBuilder<unknown>
  after(cursor: string): RawBuilder<unknown>
  cursor(row: ProductRecord): string
}

/** Each order has its index, and its cursor cannot be used in another. */
const orders: Record<ProductQuery['sort'], Order> = {
  newest: {
    by: sql`p.id desc`,
    after(cursor) {
      const [, id] = readCursor(z.tuple([z.literal('newest'), z.number()]), cursor)
      return sql`p.id < ${id}`
    },
    cursor: (row) => cursorOf('newest', row.id),
  },
  code: byCode('code', sql`>`, sql`asc`),
  '-code': byCode('-code', sql`<`, sql`desc`),
  name: byName('name', sql`>`, sql`asc`),
  '-name': byName('-name', sql`<`, sql`desc`),
}

function byCode(sort: string, beyond: RawBuilder<unknown>, way: RawBuilder<unknown>): Order {
  return {
    by: sql`p.code ${way}`,
    after(cursor) {
      const [, code] = readCursor(z.tuple([z.literal(sort), z.string()]), cursor)
      return sql`p.code ${beyond} ${code}`
    },
    cursor: (row) => cursorOf(sort, row.code),
  }
}

function byName(sort: string, beyond: RawBuilder<unknown>, way: RawBuilder<unknown>): Order {
  return {
    by: sql`coalesce(p.name, '') ${way}, p.id ${way}`,
    after(cursor) {
      const [, name, id] = readCursor(z.tuple([z.literal(sort), z.string(), z.number()]), cursor)
      return sql`(coalesce(p.name, ''), p.id) ${beyond} (${name}, ${id})`
    },
    cursor: (row) => cursorOf(sort, row.name ?? '', row.id),
  }
}

/**
 * A page of the catalog.
 *
 * A search of one or two characters has no trigram, so its name part reads the table: some 20 ms at 100,000 products.
 */
export async function listProducts(
  ctx: Context,
  query: ProductQuery,
): Promise<{ items: ProductRow[]; next: string | undefined }> {
  const order = orders[query.sort]
  const conditions = [sql`true`]
  if (query.archived === 'without') conditions.push(sql`p.archived_at is null`)
  if (query.archived === 'only') conditions.push(sql`p.archived_at is not null`)
  if (query.kind) conditions.push(sql`p.kind = ${query.kind}`)
  if (query.category) conditions.push(sql`p.category = ${query.category}`)
  if (query.brandId) conditions.push(sql`p.brand_id = ${query.brandId}`)
  if (query.search) {
    const literal = query.search.replaceAll(/[\\%_]/g, '\\$&')
    conditions.push(sql`(lower(p.code) like lower(${literal}) || '%' or p.name ilike ${`%${literal}%`})`)
  }
  if (query.after) conditions.push(order.after(query.after))
  const { rows } = await sql<ProductRecord>`
    select ${productColumns}
      from products p left join brands b on b.id = p.brand_id
     where ${sql.join(conditions, sql` and `)}
     order by ${order.by}
     limit ${query.limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, query.limit)
  const next = rows.length > query.limit ? order.cursor(page.at(-1)!) : undefined
  return { items: page.map((row) => shown(ctx, row)), next }
}

/** The categories in use, in order: one index step a category, however many products it has. At most 500. */
export async function listCategories(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    with recursive step as (
      (select category from products where category is not null order by category limit 1)
      union all
      select (select category from products p where p.category > step.category order by category limit 1)
        from step where step.category is not null
    )
    select category from step where category is not null limit 500`.execute(ctx.db)
  return rows.map((row) => row.category)
}
