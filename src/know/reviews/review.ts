import { type RawBuilder, sql } from 'kysely'
import { actorNames, shownField, shownNumber, visibleCustomers, visibleOrders } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Review } from './contract.ts'

/** A review as Postgres gives it. */
export type ReviewRecord = {
  id: number
  rating: number
  words: string | null
  channel: string | null
  at: Date
  /** To the microsecond, for cursors. */
  place: string
  productId: number | null
  productName: string | null
  orderId: number | null
  orderNumber: string | null
  line: number | null
  customerId: number | null
  customerName: string | null
  customerNumber: string | null
  answer: string | null
  answeredAt: Date | null
  answeredBy: string | null
  source: string | null
  version: number
}

/** From `reviews r` and `reviewJoins`. */
export const reviewColumns: RawBuilder<ReviewRecord> = sql`
  r.id, r.rating, r.words, r.channel, r.at, r.at::text as place, r.product_id, coalesce(p.name, p.code) as product_name, r.order_id,
  o.number as order_number, r.line, customers.id as customer_id, customers.name as customer_name, customers.number as customer_number,
  r.answer, r.answered_at, r.answered_by, source.name as source, r.version`

export const reviewJoins = sql`
  left join products p on p.id = r.product_id
  left join orders o on o.id = r.order_id
  left join sources source on source.id = r.source_id
  left join profile_customers map on map.profile_id = r.profile_id
  left join customers on customers.id = map.customer_id`

/**
 * Which reviews an actor sees, over `reviewJoins`: of an order, whoever sees the order; else whoever sees the customer. What nobody
 * known said of no order is for who sees all.
 */
export function visibleReviews(ctx: Context): RawBuilder<boolean> {
  if (ctx.actor.scope.kind === 'all') return sql<boolean>`true`
  return sql<boolean>`case when o.id is not null then ${visibleOrders(ctx)} else coalesce(${visibleCustomers(ctx)}, false) end`
}

/** As the contract shows them to this actor: one read. */
export async function shownReviews(ctx: Context, records: readonly ReviewRecord[]): Promise<Review[]> {
  const names = await actorNames(
    ctx,
    records.flatMap(({ answeredBy }) => answeredBy ?? []),
  )
  return records.map((one) => ({
    ...{ id: one.id, rating: one.rating, channel: one.channel, source: one.source, version: one.version },
    words: shownField(ctx.actor, 'notes', one.words),
    at: one.at.toISOString(),
    product: one.productId === null ? null : { id: one.productId, name: one.productName! },
    order: one.orderId === null ? null : { id: one.orderId, number: one.orderNumber!, line: one.line },
    customer:
      one.customerId === null
        ? null
        : {
            id: one.customerId,
            name: one.customerName,
            number: one.customerNumber && shownNumber(ctx, one.customerNumber),
          },
    answer:
      one.answer === null
        ? null
        : { words: one.answer, at: one.answeredAt!.toISOString(), actorName: names.get(one.answeredBy!) ?? null },
  }))
}

/** @throws Refusal `reviews.unknown` */
export async function reviewOf(ctx: Context, id: number): Promise<Review> {
  const { rows } = await sql<ReviewRecord>`
    select ${reviewColumns} from reviews r ${reviewJoins} where r.id = ${id} and ${visibleReviews(ctx)}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'reviews.unknown')
  return (await shownReviews(ctx, rows))[0]!
}

/** Locks a review for an edit. @throws Refusal `reviews.unknown`, `http.stale` */
export async function lockedReview(
  ctx: Context,
  id: number,
  version: number,
): Promise<{ profileId: number; rating: number }> {
  const { rows } = await sql<{ version: number; profileId: number; rating: number }>`
    select r.version, r.profile_id, r.rating from reviews r ${reviewJoins}
     where r.id = ${id} and ${visibleReviews(ctx)} for update of r`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'reviews.unknown')
  if (rows[0].version !== version) throw new Refusal('stale', 'http.stale')
  return rows[0]
}
