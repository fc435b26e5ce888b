import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** The categories of the products, by name; at most 500. Walks the index from one to the next. */
export async function categoriesOf(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    with recursive walk as (
      (select category from products where category is not null order by category limit 1)
      union all
      select (select p.category from products p where p.category > walk.category order by p.category limit 1)
        from walk where walk.category is not null
    )
    select category from walk where category is not null limit 500`.execute(ctx.db)
  return rows.map(({ category }) => category)
}
