import { sql } from 'kysely'
import { type ReviewTold, saveReviews } from '#know/reviews/index.ts'
import type { Context } from '#platform/context.ts'
import { type Import, stagingOf } from './import.ts'
import { columnsOf } from './stage/columns.ts'
import { toldReviews } from './told-reviews.ts'

/** Whether an import's file tells what was said of goods. */
export function reviewsTold({ preset }: Pick<Import, 'preset'>): boolean {
  return preset.columns['review.rating'] !== undefined
}

/**
 * Gathers the reviews of a file, each once, numbered in the order of the file; what cannot be used is listed with its row and column: of an order
 * that nobody knows or that is no sale, of goods that nobody knows, more than a day before the sale. What stands in the file itself counts as known.
 */
export async function sortReviews(ctx: Context, one: Import): Promise<void> {
  const { reviews, verdicts, orders, products } = stagingOf(one.id)
  const at = columnsOf(one.preset, one.shape.columns)
  const named = (target: 'order.number' | 'line.code' | 'review.at') => {
    const place = at[target]
    return place === undefined ? null : (one.shape.columns[place] ?? null)
  }
  await sql`drop table if exists ${verdicts}`.execute(ctx.db)
  await sql`analyze ${reviews}`.execute(ctx.db)
  await sql`
    create unlogged table ${verdicts} as
    with told as (
      select distinct on (id) * from ${reviews} order by id, at desc, row desc
    ),
    known as (
      select told.*, coalesce(file.kind, o.kind) as kind, coalesce(file.placed_at, o.placed_at) as placed_at, file.problem as held,
             told.code is null or goods.code is not null or p.code is not null as is_known
        from told
        left join ${orders} as file on file.number = told.number
        left join lateral (
          select kind, placed_at from orders
           where file.number is null and lower(number) = lower(told.number) and number = told.number
           order by source_id = ${one.sourceId}::int desc, kind = 'sale' desc, id limit 1
        ) as o on true
        left join ${products} as goods on goods.code = told.code
        left join products p on p.code = told.code
    )
    select row_number() over (order by row, id) as seq, row, id, number, external_id, code, rating, words, channel, at,
           case when held is not null then 'exchange.held_back'
                when number is not null and kind is null then 'exchange.review_no_order'
                when number is not null and kind <> 'sale' then 'exchange.review_not_a_sale'
                when not is_known then 'exchange.review_no_product'
                when at < placed_at - interval '1 day' then 'exchange.review_before_sale' end as problem
      from known`.execute(ctx.db)
  await sql`create unique index on ${verdicts} (seq)`.execute(ctx.db)
  await sql`analyze ${verdicts}`.execute(ctx.db)
  await sql`
    insert into import_problems (import_id, row, reason, column_name, value)
    select ${one.id}, row, problem,
           case problem when 'exchange.review_no_product' then ${named('line.code')} when 'exchange.review_before_sale' then ${named('review.at')}
                        else ${named('order.number')} end,
           left(case problem when 'exchange.review_no_product' then code else number end, 80)
      from ${verdicts} where problem is not null
        on conflict do nothing`.execute(ctx.db)
}

/** Nothing of a file is news: what it tells is historic and fires nothing. */
const never = new Date(8.64e15)

/** Writes the reviews of a range. */
export async function applyReviews(ctx: Context, one: Import, from: number, to: number): Promise<void> {
  const { rows } = await sql<{
    profileId: number
    externalId: string
    orderId: number | null
    productId: number | null
    rating: number
    words: string | null
    channel: string | null
    at: Date
  }>`
    select profile_id, external_id, order_id, product_id, rating, words, channel, at from (${toldReviews(one, { from, to })}) as told
     where profile_id is not null order by seq`.execute(ctx.db)
  const told = rows.map(
    ({ orderId, productId, words, channel, ...review }): ReviewTold => ({
      ...review,
      sourceId: one.sourceId!,
      orderId: orderId ?? undefined,
      productId: productId ?? undefined,
      words: words ?? undefined,
      channel: channel ?? undefined,
    }),
  )
  await saveReviews(ctx, told, never, one.id)
}
