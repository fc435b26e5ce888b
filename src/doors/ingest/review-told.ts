import type { ReviewTold } from '#know/reviews/index.ts'
import { codeOf } from './behaviour-of.ts'
import { type Message, text } from './message.ts'
import { kindOf } from './vocabulary.ts'

/** A review that a message tells, with the code of its product. */
export type CodedReview = Omit<ReviewTold, 'productId'> & { code?: string }

/**
 * A `Product Reviewed` with a rating from 1 to 5, which makes it a review of the records; undefined for all else. Without a number of
 * its own it is known by its message.
 */
export function reviewTold(
  { type, event, origin, id, at, properties }: Message,
  profileId: number,
): CodedReview | undefined {
  if (type !== 'track' || kindOf(event) !== 'reviewed') return undefined
  const rating = Number(properties.rating)
  if (!Number.isFinite(rating) || rating < 1 || rating > 5) return undefined
  return {
    profileId,
    sourceId: origin.sourceId,
    externalId: text(properties.review_id, 100) ?? id,
    orderNumber: text(properties.order_id, 64),
    code: codeOf(properties),
    rating: Math.round(rating),
    words: text(properties.review_body, 4000) ?? text(properties.review, 4000),
    channel: text(properties.channel, 60),
    at,
  }
}
