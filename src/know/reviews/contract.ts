import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** 1 the worst, 5 the best. */
const rating = z.number().int().min(1).max(5)
const words = shape.text(4000)
const channel = shape.text(60)

/** What somebody said of what was bought. Words are the person's: a role that is not shown notes sees `***`. */
export const review = z.object({
  id: shape.id,
  rating,
  words: ofPerson('customers', z.string().nullable()),
  /** Where it stands, as the shop calls it: Tmall, Xiaohongshu. */
  channel: z.string().nullable(),
  at: z.string(),
  product: z.object({ id: shape.id, name: z.string() }).nullable(),
  order: z.object({ id: shape.id, number: z.string(), line: z.number().nullable() }).nullable(),
  /** Null: nobody known. */
  customer: z
    .object({ id: shape.id, name: ofPerson('customers', z.string().nullable()), number: z.string().nullable() })
    .nullable(),
  /** What the shop said to it, and when. */
  answer: z.object({ words: z.string(), at: z.string(), actorName: z.string().nullable() }).nullable(),
  /** Null: by hand. */
  source: z.string().nullable(),
  version: shape.version,
})
export type Review = z.infer<typeof review>

export const newReview = z.object({
  /** Of which order, and which line of it; else who said it. */
  orderId: shape.id.optional(),
  line: z.number().int().positive().optional(),
  customerId: shape.id.optional(),
  /** Of the line unless told. */
  productId: shape.id.optional(),
  rating,
  words: words.optional(),
  channel: channel.optional(),
  /** Now, where absent; not in the future. */
  at: shape.instant.optional(),
  answer: words.optional(),
})
export type NewReview = z.infer<typeof newReview>

const tag = 'Reviews'

export const reviewsContract = {
  list: endpoint({
    method: 'GET',
    path: '/reviews',
    summary: 'Reviews, the newest first: all, or those of a product, an order or a customer',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({
      ...shape.pageInput,
      productId: shape.id.optional(),
      orderId: shape.id.optional(),
      customerId: shape.id.optional(),
      /** At most so good. */
      atMost: z.coerce.number().int().min(1).max(5).optional(),
      /** Only those that the shop has not answered. */
      unanswered: z.stringbool().optional(),
    }),
    output: shape.pageOf(review),
  }),
  summary: endpoint({
    method: 'GET',
    path: '/products/{id}/reviews',
    summary: 'How a product is rated: how many reviews, their average, how many of each rating',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({
      count: z.number(),
      /** Null where nobody rated it. */
      average: z.number().nullable(),
      /** How many gave 1, 2, 3, 4, 5. */
      ratings: z.array(z.number()).length(5),
    }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/reviews',
    summary: 'Record what somebody said of what was bought',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: newReview,
    output: review,
  }),
  correct: endpoint({
    method: 'PATCH',
    path: '/reviews/{id}',
    summary: 'Tell a review right',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({
      id: shape.id,
      rating: rating.optional(),
      words: words.nullable().optional(),
      channel: channel.nullable().optional(),
    }),
    output: review,
  }),
  answer: endpoint({
    method: 'PUT',
    path: '/reviews/{id}/answer',
    summary: 'Keep what the shop said to a review; null: nothing after all',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, words: words.nullable() }),
    output: review,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/reviews/{id}',
    summary: 'Take away a review that never was',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id }),
    output: z.object({}),
  }),
}
