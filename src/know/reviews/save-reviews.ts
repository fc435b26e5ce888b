import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { reviewSaid } from './facts.ts'

/** A review as its source tells it. */
export type ReviewTold = {
  profileId: number
  sourceId: number
  /** The review's own number at its source. */
  externalId: string
  /** The order, or its number at the same source. */
  orderId?: number
  orderNumber?: string
  productId?: number
  rating: number
  words?: string
  channel?: string
  at: Date
}

type Saved = { id: number; profileId: number; rating: number; at: Date; isNew: boolean }

/**
 * Writes reviews of sources, set-wise, in the caller's transaction. One told again is what it says now, unless somebody told it right
 * here. Each new one is a fact.
 * @param newsSince what was said before is historic
 * @param importId the import that tells it: what rests on imports alone goes with them
 */
export async function saveReviews(
  ctx: Context,
  told: readonly ReviewTold[],
  newsSince: Date,
  importId?: number,
): Promise<void> {
  if (told.length === 0) return
  const given = told.map((one, place) => ({
    ...{ profile_id: one.profileId, source_id: one.sourceId, external_id: one.externalId, place },
    ...{
      order_id: one.orderId ?? null,
      order_number: one.orderNumber ?? null,
      product_id: one.productId ?? null,
      rating: one.rating,
    },
    ...{ words: one.words ?? null, channel: one.channel ?? null, at: one.at.toISOString() },
  }))
  const { rows } = await sql<Saved>`
    with told as (
      select distinct on (row.source_id, row.external_id) row.*, o.id as of_order,
             (select min(l.line) from order_lines l where l.order_id = o.id and l.product_id = row.product_id) as line
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as row(profile_id bigint, source_id int, external_id text, order_id bigint, order_number text, product_id bigint, rating smallint, words text,
                 channel text, at timestamptz, place int)
        left join orders o on o.id = coalesce(row.order_id, (select named.id from orders named where named.source_id = row.source_id and named.number = row.order_number and named.kind = 'sale'))
       order by row.source_id, row.external_id, row.at desc, row.place desc
    )
    insert into reviews as kept (profile_id, source_id, external_id, order_id, line, product_id, rating, words, channel, at, actor, told_at, imports)
    select profile_id, source_id, external_id, of_order, line, product_id, rating, words, channel, at, ${ctx.actor.label}, ${ctx.clock.now()},
           ${importId === undefined ? null : [importId]}::bigint[]
      from told
        on conflict (source_id, external_id) do update
           set rating = excluded.rating, words = excluded.words, channel = excluded.channel, at = excluded.at, told_at = excluded.told_at,
               order_id = coalesce(kept.order_id, excluded.order_id), line = coalesce(kept.line, excluded.line),
               product_id = coalesce(kept.product_id, excluded.product_id), xid = pg_current_xact_id(),
               imports = case when kept.imports is null or excluded.imports is null then null
                              when kept.imports @> excluded.imports then kept.imports else kept.imports || excluded.imports end
         where kept.at <= excluded.at and kept.version = 1
    returning kept.id, kept.profile_id, kept.rating, kept.at, xmax = 0 as is_new`.execute(ctx.db)
  await announceAll(
    ctx,
    reviewSaid,
    rows.flatMap(({ id, profileId, rating, at, isNew }) =>
      isNew ? [{ profileId, subjectId: id, at, historic: at < newsSince, data: { rating } }] : [],
    ),
  )
}
