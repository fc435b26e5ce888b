import { sql } from 'kysely'
import { z } from 'zod'
import { rowsAbout, seenProfiles, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { Review } from './contract.ts'
import { reviewAnswered, reviewCorrected, reviewSaid } from './facts.ts'
import { type ReviewRecord, reviewColumns, reviewJoins, shownReviews, visibleReviews } from './review.ts'

type Query = {
  limit: number
  after?: string
  productId?: number
  orderId?: number
  customerId?: number
  atMost?: number
  unanswered?: boolean
}

/** Reviews, the newest first. @throws Refusal `customers.unknown` */
export async function listReviews(
  ctx: Context,
  { limit, after, ...query }: Query,
): Promise<{ items: Review[]; next: string | undefined }> {
  const conditions = [visibleReviews(ctx)]
  if (query.productId) conditions.push(sql`r.product_id = ${query.productId}`)
  if (query.orderId) conditions.push(sql`r.order_id = ${query.orderId}`)
  if (query.customerId) {
    conditions.push(sql`r.profile_id = any(${await seenProfiles(ctx, query.customerId)}::bigint[])`)
  }
  if (query.atMost) conditions.push(sql`r.rating <= ${query.atMost}`)
  if (query.unanswered) conditions.push(sql`r.answer is null`)
  if (after) {
    const [at, id] = readCursor(z.tuple([z.string().max(40), z.number()]), after)
    conditions.push(sql`(r.at, r.id) < (${at}::timestamptz, ${id})`)
  }
  const { rows } = await sql<ReviewRecord>`
    select ${reviewColumns} from reviews r ${reviewJoins}
     where ${sql.join(conditions, sql` and `)} order by r.at desc, r.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  return {
    items: await shownReviews(ctx, page),
    next: rows.length > limit && end ? cursorOf(end.place, end.id) : undefined,
  }
}

/** How a product is rated, by the reviews that the actor sees. */
export async function ratingsOf(
  ctx: Context,
  productId: number,
): Promise<{ count: number; average: number | null; ratings: number[] }> {
  const { rows } = await sql<{ rating: number; count: number }>`
    select r.rating, count(*) as count from reviews r ${reviewJoins}
     where r.product_id = ${productId} and ${visibleReviews(ctx)} group by r.rating`.execute(ctx.db)
  const ratings = [1, 2, 3, 4, 5].map((rating) => rows.find((row) => row.rating === rating)?.count ?? 0)
  const count = ratings.reduce((sum, one) => sum + one, 0)
  const points = ratings.reduce((sum, one, place) => sum + one * (place + 1), 0)
  return { count, average: count === 0 ? null : points / count, ratings }
}

/** What was said of what, on timelines. */
export const reviewWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const about = rowsAbout(rows, [reviewSaid.kind, reviewCorrected.kind, reviewAnswered.kind])
  if (about.length === 0) return told
  const { rows: records } = await sql<ReviewRecord>`
    select ${reviewColumns} from reviews r ${reviewJoins}
     where r.id = any(${about.map(({ id }) => id)}::bigint[]) and ${visibleReviews(ctx)}`.execute(ctx.db)
  const shown = new Map((await shownReviews(ctx, records)).map((one) => [one.id, one]))
  for (const { row, id } of about) {
    const one = shown.get(id)
    const answered = row.kind === reviewAnswered.kind
    const words = [one?.product?.name, answered ? one?.answer?.words : one?.words].filter(Boolean).join(' · ')
    if (words) told.set(row, words)
  }
  return told
}
