import { type RawBuilder, sql } from 'kysely'
import { lockCustomer, staffProfile, visibleOrders } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { NewReview, Review } from './contract.ts'
import { reviewAnswered, reviewCorrected, reviewRemoved, reviewSaid } from './facts.ts'
import { lockedReview, reviewOf } from './review.ts'

/** A clock of a phone may be ahead of ours by so much. */
const aheadMs = 5 * 60_000

type Of = { profileId: number; productId: number | null }

/**
 * Records a review by hand. Of an order it hangs at the order's profile: whose the order is, said it.
 * @throws Refusal `reviews.of_whom`, `reviews.unknown_order`, `reviews.unknown_line`, `reviews.unknown_product`, `reviews.not_yet`,
 *   `customers.unknown`
 */
export function addReview(ctx: Context, review: NewReview): Promise<Review> {
  const now = ctx.clock.now()
  const at = review.at ? new Date(review.at) : now
  if (at.getTime() > now.getTime() + aheadMs) throw new Refusal('invalid', 'reviews.not_yet')
  return inTransaction(ctx, async (ctx) => {
    const { profileId, productId } = await ofWhom(ctx, review)
    const { rows } = await sql<{ id: number }>`
      insert into reviews (profile_id, order_id, line, product_id, rating, words, channel, at, answer, answered_at, answered_by, actor, told_at)
      values (${profileId}, ${review.orderId ?? null}, ${review.line ?? null}, ${productId}, ${review.rating}, ${review.words ?? null},
              ${review.channel ?? null}, ${at}, ${review.answer ?? null}, ${review.answer ? now : null},
              ${review.answer ? ctx.actor.label : null}, ${ctx.actor.label}, ${now})
      returning id`.execute(ctx.db)
    const { id } = rows[0]!
    await announce(ctx, reviewSaid, { profileId, subjectId: id, at, data: { rating: review.rating } })
    return reviewOf(ctx, id)
  })
}

async function ofWhom(ctx: Context, { orderId, line, customerId, productId }: NewReview): Promise<Of> {
  if (productId !== undefined) {
    const { rows } = await sql`select from products where id = ${productId}`.execute(ctx.db)
    if (rows.length === 0) throw new Refusal('invalid', 'reviews.unknown_product')
  }
  if (orderId !== undefined) {
    const { rows } = await sql<Of & { isLine: boolean }>`
      select o.profile_id, l.product_id, l.line is not null as is_line from orders o
        left join order_lines l on l.order_id = o.id and l.line = ${line ?? null}::int
       where o.id = ${orderId} and o.kind = 'sale' and ${visibleOrders(ctx)}`.execute(ctx.db)
    const [order] = rows
    if (!order) throw new Refusal('invalid', 'reviews.unknown_order')
    if (line !== undefined && !order.isLine) throw new Refusal('invalid', 'reviews.unknown_line', { line })
    return { profileId: order.profileId, productId: productId ?? order.productId }
  }
  if (customerId === undefined) throw new Refusal('invalid', 'reviews.of_whom')
  await lockCustomer(ctx, customerId)
  return { profileId: await staffProfile(ctx, customerId), productId: productId ?? null }
}

type Right = { id: number; rating?: number; words?: string | null; channel?: string | null }

/** Tells a review right; left out stays. @throws Refusal `reviews.unknown`, `http.stale`, `reviews.masked` */
export function correctReview(ctx: Context, version: number, { id, ...right }: Right): Promise<Review> {
  // What a masked reader sends back is no words.
  if (right.words === '***') throw new Refusal('invalid', 'reviews.masked')
  return changed(ctx, version, id, async (ctx, before) => {
    const rating = right.rating ?? before.rating
    const set: RawBuilder<unknown>[] = [sql`rating = ${rating}`]
    if (right.words !== undefined) set.push(sql`words = ${right.words}`)
    if (right.channel !== undefined) set.push(sql`channel = ${right.channel}`)
    await sql`update reviews set ${sql.join(set)}, version = version + 1, xid = pg_current_xact_id() where id = ${id}`.execute(
      ctx.db,
    )
    await announce(ctx, reviewCorrected, { profileId: before.profileId, subjectId: id, data: { rating } })
  })
}

/** Keeps what the shop said to it. @throws Refusal `reviews.unknown`, `http.stale` */
export function answerReview(
  ctx: Context,
  version: number,
  { id, words }: { id: number; words: string | null },
): Promise<Review> {
  return changed(ctx, version, id, async (ctx, { profileId, rating }) => {
    await sql`
      update reviews set answer = ${words}, answered_at = ${words === null ? null : ctx.clock.now()},
             answered_by = ${words === null ? null : ctx.actor.label}, version = version + 1, xid = pg_current_xact_id() where id = ${id}`.execute(
      ctx.db,
    )
    if (words !== null) await announce(ctx, reviewAnswered, { profileId, subjectId: id, data: { rating } })
  })
}

/** Takes a review away that never was. @throws Refusal `reviews.unknown`, `http.stale` */
export function removeReview(ctx: Context, version: number, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { profileId, rating } = await lockedReview(ctx, id, version)
    await sql`
      with gone as (delete from reviews where id = ${id} returning id)
      insert into tombstones (entity, row_id) select 'reviews', id from gone`.execute(ctx.db)
    await announce(ctx, reviewRemoved, { profileId, subjectId: id, data: { rating } })
  })
}

function changed(
  ctx: Context,
  version: number,
  id: number,
  change: (ctx: Context, before: { profileId: number; rating: number }) => Promise<void>,
): Promise<Review> {
  return inTransaction(ctx, async (ctx) => {
    await change(ctx, await lockedReview(ctx, id, version))
    return reviewOf(ctx, id)
  })
}
