import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** Why something is not for a person. */
export const refusalWhys = ['dislikes', 'has_it', 'unsuitable', 'other'] as const
export type RefusalWhy = (typeof refusalWhys)[number]

export const shownProduct = z.object({
  id: shape.id,
  code: z.string(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  /** Minor units. */
  price: z.number().nullable(),
  image: z.string().nullable(),
})
export type ShownProduct = z.infer<typeof shownProduct>

/** The reason why a product stands on a list. */
export const reason = z.discriminatedUnion('is', [
  /** It runs out about now: needed every so many days, last bought on that day. */
  z.object({ is: z.literal('runs_out'), every: z.number(), since: shape.day, days: z.number() }),
  /** Put aside or looked at on that day, so many days ago, and not bought since. */
  z.object({
    is: z.enum(['favoured', 'carted', 'viewed']),
    since: shape.day,
    days: z.number(),
    /** Of looks: how often. */
    times: z.number(),
  }),
  /** Who took that product takes this one too; `alike`: it is like that one, and too new for anybody to say. */
  z.object({ is: z.enum(['related', 'alike']), product: shownProduct }),
])
export type ShownReason = z.infer<typeof reason>

/** The model by which lists are made; nothing before the first. */
export const model = z
  .object({
    asOf: shape.day,
    method: z.string(),
    /** People who took anything, and products that anybody took. */
    people: z.number(),
    products: z.number(),
    /** People with a list, and products on any list. */
    served: z.number(),
    listed: z.number(),
  })
  .nullable()
export type ShownModel = z.infer<typeof model>

export const refusal = z.object({
  product: shownProduct,
  why: z.enum(refusalWhys),
  words: ofPerson('customers', z.string().nullable()),
  saidAt: z.string(),
  actorName: z.string().nullable(),
})
export type ShownRefusal = z.infer<typeof refusal>

const inclination = z.object({
  /** A category's or brand's name, or low, middle, high. */
  name: z.string(),
  /** Of all that speaks for any of its kind, 0 to 1. */
  share: z.number(),
  /** Different products bought; put aside or looked at; given back or said to be not for her. */
  bought: z.number(),
  wished: z.number(),
  against: z.number(),
  last: shape.day.nullable(),
  /** What the person said of it, which outranks all that was counted. */
  said: z.enum(['for', 'against']).nullable(),
})
export type ShownInclination = z.infer<typeof inclination>

export const taste = z.object({
  asOf: shape.day,
  /** What the person says of it, in the profile. */
  words: ofPerson('customers', z.string().nullable()),
  /** Different products that say anything; below three nothing is concluded. */
  products: z.number(),
  enough: z.boolean(),
  /** Days in which a purchase, and a wish, counts for half. */
  halfLife: z.object({ bought: z.number(), wished: z.number() }),
  categories: z.array(inclination),
  brands: z.array(inclination),
  priceBands: z.array(inclination),
  /** Where low ends and high begins, minor units: thirds of what this shop sells. */
  priceCuts: z.object({ low: z.number(), high: z.number() }).nullable(),
})
export type ShownTaste = z.infer<typeof taste>

const tag = 'Recommendation'
const ofCustomer = { id: shape.id }

export const recommendContract = {
  taste: endpoint({
    method: 'GET',
    path: '/customers/{id}/taste',
    summary: 'What a customer is inclined to: categories, brands, price bands, with what it rests on',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object(ofCustomer),
    output: taste,
  }),
  next: endpoint({
    method: 'GET',
    path: '/customers/{id}/next-products',
    summary: 'What is next for a customer, the best first, each with its reason',
    description:
      'Of what the customer did until now, by the model of the day. Products that speak for nothing are not filled up with best sellers.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ ...ofCustomer, limit: z.coerce.number().int().min(1).max(50).default(8) }),
    output: z.object({
      asOf: shape.day,
      model,
      items: z.array(z.object({ product: shownProduct, reason, score: z.number() })),
      refused: z.array(refusal),
    }),
  }),
  refuse: endpoint({
    method: 'PUT',
    path: '/customers/{id}/refused-products/{productId}',
    summary: 'Say that a product is not for a customer; said again, the last reason stands',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({
      ...ofCustomer,
      productId: shape.id,
      why: z.enum(refusalWhys),
      words: shape.text(300).nullable().default(null),
    }),
    output: z.object({}),
  }),
  takeBack: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/refused-products/{productId}',
    summary: 'It may be for the customer after all',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({ ...ofCustomer, productId: shape.id }),
    output: z.object({}),
  }),
  related: endpoint({
    method: 'GET',
    path: '/products/{id}/related',
    summary: 'What goes with a product: what who took it takes too',
    tag,
    may: 'catalog.read',
    scope: 'none',
    input: z.object({ ...ofCustomer, limit: z.coerce.number().int().min(1).max(50).default(8) }),
    output: z.object({
      model,
      items: z.array(
        z.object({
          product: shownProduct,
          /** People who took both. */
          together: z.number(),
          /** By what is written of them, because too few took one of them. */
          alike: z.boolean(),
        }),
      ),
    }),
  }),
  audience: endpoint({
    method: 'GET',
    path: '/products/{id}/audience',
    summary: 'Whom a product would interest: who took, within a year, what it goes with',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object(ofCustomer),
    output: z.object({
      asOf: shape.day,
      model,
      /** What it goes with, with how many of the audience bought that; products overlap. */
      because: z.array(
        z.object({ product: shownProduct, alike: z.boolean(), customers: z.number(), people: condition }),
      ),
      /** Null: nothing is known that it goes with. */
      people: condition.nullable(),
      customers: z.number(),
      /** Of them with a phone or an e-mail address. */
      reachable: z.number(),
      /** Left out: they have it. */
      haveIt: z.number(),
      /** Who said that it is not for them; they are still in the list that `people` opens. */
      refused: z.number(),
    }),
  }),
  lists: endpoint({
    method: 'GET',
    path: '/next-products',
    summary: 'What is next for everybody, as the model of the day made it, customer by customer',
    tag,
    may: 'customers.read',
    scope: 'all',
    input: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      /** Customers above this number. */
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    }),
    output: z.object({
      model,
      items: z.array(
        z.object({
          customerId: shape.id,
          products: z.array(z.object({ productId: shape.id, score: z.number(), reason: z.string() })),
        }),
      ),
      next: z.number().optional(),
    }),
  }),
}
