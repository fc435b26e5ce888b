import { z } from 'zod'
import { anyColumn, customerRow } from '#know/customers/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'
import { stageReason } from '#understand/lifecycle/contract.ts'
import { condition, customerQuery, stage, valueClass, valueClasses } from '#understand/query/contract.ts'
import { worthEndpoints } from './worth/worth-contract.ts'

export { type ValueClass, valueClasses } from '#understand/query/contract.ts'
export type { Payback, Worth } from './worth/worth-contract.ts'

/**
 * Where this shop's buyers are cut into groups. A score is one more than the number of cuts that the value exceeds, so
 * equal values have equal scores and the cut itself belongs to the lower group.
 */
export const rulers = z.object({
  asOf: shape.day,
  buyers: z.number(),
  /** 5 from 50 buyers on, 3 from 15 on, else 0: too few to compare, nobody is scored. */
  groups: z.union([z.literal(5), z.literal(3), z.literal(0)]),
  /** A score from here on counts as high; 0 where nobody is scored. */
  high: z.number(),
  /** Last purchase days: later than the cut scores higher. */
  recency: z.array(shape.day),
  /** Numbers of purchases. */
  frequency: z.array(z.number()),
  /** Minor units, net. */
  monetary: z.array(z.number()),
})
export type Rulers = z.infer<typeof rulers>

export const scores = z.object({
  recency: z.number(),
  frequency: z.number(),
  monetary: z.number(),
  /** (frequency + monetary) / 2, half rounded up. */
  frequencyMonetary: z.number(),
})
export type Scores = z.infer<typeof scores>

/** What is computed of one customer, as of a day. */
export const standing = z.object({
  customerId: shape.id,
  firstPurchase: shape.day.nullable(),
  lastPurchase: shape.day.nullable(),
  daysSince: z.number().nullable(),
  purchases: z.number(),
  /** Minor units, net of what was given back. */
  revenue: z.number(),
  stage,
  isNew: z.boolean(),
  /** Null for who never bought and in a shop with too few buyers. */
  scores: scores.nullable(),
  valueClass: valueClass.nullable(),
})
export type Standing = z.infer<typeof standing>

const standingRow = standing.extend({ customer: customerRow })
export type StandingRow = z.infer<typeof standingRow>

const migrationStanding = z.enum([...valueClasses, 'never'])

/** Who moved from which value class to which between two days, each by the cut points of its day. */
export const migration = z.object({
  from: shape.day,
  to: shape.day,
  /** Those who stayed too; empty in a shop with too few buyers on either day. */
  moves: z.array(
    z.object({ from: migrationStanding, to: migrationStanding, customers: z.number(), people: condition }),
  ),
})
export type Migration = z.infer<typeof migration>

/** A name stands in the place of a message, so it has no signs of its language. */
const className = shape
  .text(20)
  .regex(/^[^{}<>'#]*$/, 'invalid_name')
  .nullable()

/** What the shop calls its classes; null: as the house does, in the reader's language. */
export const classNames = z.object({ retain: className, develop: className, loyal: className, ordinary: className })
export type ClassNames = z.infer<typeof classNames>

const tag = 'Insight'

const looks = { asOf: shape.day.optional(), shopId: shape.id.optional() }

export const valueContract = {
  standing: endpoint({
    method: 'GET',
    path: '/customers/{id}/standing',
    summary: 'A customer’s stage and value, with what they rest on',
    description:
      'The columns follow the records within seconds: a customer whom they do not show yet stands as one who never bought.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: standing.extend({
      stageReason,
      /** Why this class, or why none. */
      valueReason: z.object({
        rulers,
        highFrequency: z.boolean().nullable(),
        highMonetary: z.boolean().nullable(),
        missing: z.enum(['never_bought', 'too_few_buyers']).nullable(),
        /** What would lift her: purchases and minor units still missing to high; 0 where already high. */
        toHighFrequency: z.number().nullable(),
        toHighMonetary: z.number().nullable(),
      }),
    }),
  }),
  standings: endpoint({
    method: 'POST',
    path: '/customers/standings',
    summary: 'Stage and value of some customers',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ ids: z.array(shape.id).min(1).max(100) }),
    output: z.object({ items: z.array(standing) }),
  }),
  rulers: endpoint({
    method: 'GET',
    path: '/value/rulers',
    summary: 'The cut points of recency, frequency and money of this shop',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object(looks),
    output: rulers,
  }),
  migration: endpoint({
    method: 'GET',
    path: '/value/migration',
    summary: 'Who moved from which value class to which between a day and another, each number with its people',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ ...looks, since: shape.day.optional() }),
    output: migration,
  }),
  grid: endpoint({
    method: 'GET',
    path: '/value/grid',
    summary: 'Buyers by recency and by frequency and money, and by the four classes',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object(looks),
    output: z.object({
      rulers,
      cells: z.array(
        z.object({
          recency: z.number(),
          frequencyMonetary: z.number(),
          customers: z.number(),
          revenue: z.number(),
          people: condition,
        }),
      ),
      classes: z.array(
        z.object({ valueClass, customers: z.number(), revenue: z.number(), purchases: z.number(), people: condition }),
      ),
    }),
  }),
  query: endpoint({
    method: 'POST',
    path: '/customers/query',
    summary: 'Customers by a question, sorted, with their standing',
    description:
      'Found over columns, which follow the records within seconds; what is shown of a person is read from the records.',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: customerQuery.extend({
      limit: z.number().int().min(1).max(100).default(20),
      after: z.string().max(1000).optional(),
      columns: z.array(anyColumn).max(60).optional(),
    }),
    output: shape.pageOf(standingRow),
  }),
  count: endpoint({
    method: 'POST',
    path: '/customers/query/count',
    summary: 'How many customers a question finds',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: customerQuery.omit({ sort: true }),
    output: z.object({ customers: z.number() }),
  }),
  sentence: endpoint({
    method: 'POST',
    path: '/customers/query/sentence',
    summary: 'A question in words, in the reader’s language',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'none',
    rate: 'read',
    once: false,
    input: z.object({ where: condition }),
    output: z.object({ sentence: z.string() }),
  }),
  facets: endpoint({
    method: 'GET',
    path: '/customer-facets',
    summary: 'The values in use of country, province, city and gender, most frequent first, at most 200 of each',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    input: z.object({
      /** Provinces and cities of this country, cities of this province alone. */
      country: shape.text(200).optional(),
      province: shape.text(200).optional(),
    }),
    output: z.object({
      country: z.array(z.object({ value: z.string(), customers: z.number() })),
      province: z.array(z.object({ value: z.string(), customers: z.number() })),
      city: z.array(z.object({ value: z.string(), customers: z.number() })),
      gender: z.array(z.object({ value: z.string(), customers: z.number() })),
    }),
  }),
  regions: endpoint({
    method: 'GET',
    path: '/customer-regions',
    summary:
      'Where customers are: codes of GB/T 2260, other countries by their letters with the region as it is known; at most 2,000',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          place: z.union([z.int(), z.string()]),
          name: z.string().describe('in your language'),
          customers: z.number().describe('known to be right there, not further in'),
        }),
      ),
    }),
  }),
  names: endpoint({
    method: 'GET',
    path: '/value/names',
    summary: 'What the shop calls the classes of value',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ names: classNames, version: z.number().int().min(0) }),
  }),
  saveNames: endpoint({
    method: 'PUT',
    path: '/value/names',
    summary: 'Name the classes of value',
    description: 'If-Match is the version read; 0 before the first save.',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    edit: true,
    input: classNames,
    output: z.object({ names: classNames, version: z.number().int().min(0) }),
  }),
  ...worthEndpoints,
}
