import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { manner } from '#know/manners/contract.ts'
import { relationKind } from '#know/relations/contract.ts'
import { tagColours } from '#know/tags/contract.ts'
import { promise, talkKinds } from '#know/talks/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** What one wants to know of a person in the first second: on a call, at the counter, in a chat. */
export const card = z.object({
  customer: customerRow,
  /** What not to do comes before everything. */
  manners: z.array(manner),
  tags: z.array(z.object({ id: shape.id, name: ofPerson('customers', z.string()), colour: z.enum(tagColours) })),
  lastPurchase: z
    .object({ orderId: shape.id, number: z.string(), day: shape.day, amount: z.number(), goods: z.array(z.string()) })
    .nullable(),
  likes: z.object({
    /** In the person's own words, or those of staff. */
    words: ofPerson('customers', z.string().nullable()),
    /** What was bought most often, at most three. */
    goods: z.array(z.object({ productId: shape.id, name: z.string(), times: z.number() })),
  }),
  /** What the person said last of what was bought, at most three. */
  saidOf: z.array(
    z.object({
      reviewId: shape.id,
      rating: z.number(),
      product: z.string().nullable(),
      words: ofPerson('customers', z.string().nullable()),
    }),
  ),
  /** Who shares a home with the person. */
  household: z.array(
    z.object({
      id: shape.id,
      name: ofPerson('customers', z.string().nullable()),
      number: z.string().nullable(),
      kind: relationKind,
    }),
  ),
  /** Within 30 days; not told to a role that is shown birthdays masked. */
  birthday: z.object({ on: shape.day, inDays: z.number(), age: z.number().optional() }).nullable(),
  promises: z.array(promise),
  lastTalk: z
    .object({ at: z.string(), kind: z.enum(talkKinds), said: ofPerson('customers', z.string().nullable()) })
    .nullable(),
})
export type Card = z.infer<typeof card>

export const cardContract = {
  get: endpoint({
    method: 'GET',
    path: '/customers/{id}/card',
    summary: 'A customer at a glance: who, last purchase, likes, birthday soon, what is promised, what not to say',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: card,
  }),
}
