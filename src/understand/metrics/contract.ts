import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { distribution } from '#understand/lifecycle/contract.ts'
import { condition } from '#understand/query/contract.ts'
import { metricNames } from './definitions.ts'

/** The numbers of the house, as definitions.ts defines them. */
export const metricName = z.enum(metricNames)

export const definition = z.object({
  key: metricName,
  /** In the reader's language, the formula too. */
  name: z.string(),
  meaning: z.string(),
  formula: z.string(),
  /** `money`: minor units; `rate`: 0 to 1. */
  unit: z.enum(['money', 'count', 'rate', 'number']),
  /** Which days it speaks of: all up to the day asked, those of a period, the day asked. */
  span: z.array(z.enum(['up_to', 'within', 'on'])),
  /** The records that it is counted of. */
  of: z.array(z.string()),
})

/**
 * The numbers of the overview: those of the registry, in all or in the period that is looked at. Each has, where people stand behind
 * it, the question that opens them.
 */
export const metricKeys = [
  'customers',
  'buyers',
  'repeatBuyers',
  'repurchaseRate',
  'revenue',
  'anonymousRevenue',
  'purchases',
  'averageOrder',
  'periodRevenue',
  'periodPurchases',
  'periodBuyers',
  'newBuyers',
  'returningBuyers',
  'periodAverageOrder',
] as const
export const metricKey = z.enum(metricKeys)
export type MetricKey = z.infer<typeof metricKey>

export const metric = z.object({
  key: metricKey,
  /** Its definition. */
  of: metricName,
  /** `money`: minor units; `rate`: 0 to 1; null where nothing can be divided. */
  unit: z.enum(['money', 'count', 'rate', 'number']),
  value: z.number().nullable(),
  people: condition.nullable(),
})
export type Metric = z.infer<typeof metric>

export const monthly = z.object({
  /** YYYY-MM */
  month: z.string(),
  /** Minor units, all documents that count. */
  revenue: z.number(),
  purchases: z.number(),
  buyers: z.number(),
  newBuyers: z.number(),
  returningBuyers: z.number(),
  /** Who bought in the month. */
  people: condition,
})
export type Monthly = z.infer<typeof monthly>

export const overview = z.object({
  asOf: shape.day,
  period: z.object({ from: shape.day, to: shape.day }),
  currency: shape.currency,
  metrics: z.array(metric),
  stages: distribution,
  /** The question behind each stage, and behind the mark *new*. */
  stagePeople: z.record(z.string(), condition),
  /** The 24 months up to asOf, oldest first; months before the first order are left out. */
  months: z.array(monthly),
})
export type Overview = z.infer<typeof overview>

export const overviewInput = z.object({
  /** Only what was placed on or before this day counts; today unless told. */
  asOf: shape.day.optional(),
  /** The period that is looked at: the 30 days up to asOf unless told. */
  from: shape.day.optional(),
  to: shape.day.optional(),
  shopId: shape.id.optional(),
})
export type OverviewInput = z.infer<typeof overviewInput>

export const productMonth = z.object({
  /** YYYY-MM */
  month: z.string(),
  quantity: z.number(),
  /** Minor units. */
  revenue: z.number(),
  purchases: z.number(),
  /** Customers who bought it in the month. */
  buyers: z.number(),
  people: condition,
})

/** What a product sold, as of a day, net of what was given back; void documents count nowhere. */
export const productNumbers = z.object({
  asOf: shape.day,
  currency: shape.currency,
  /** Pieces, or what the shop sells it by: at most 3 decimals. */
  quantity: z.number(),
  /** Minor units of its lines alone. */
  revenue: z.number(),
  /** Sales that have it, of known customers and others. */
  purchases: z.number(),
  buyers: z.number(),
  /** Who bought it on two occasions or more. */
  repeatBuyers: z.number(),
  firstSold: shape.day.nullable(),
  lastSold: shape.day.nullable(),
  people: z.object({ buyers: condition, repeatBuyers: condition }),
  /** The 24 months up to asOf, oldest first; months before it was first sold are left out. */
  months: z.array(productMonth),
})
export type ProductNumbers = z.infer<typeof productNumbers>

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'invalid_month')

/** What a way of coming brought in a month. */
export const arrivalNumbers = z.object({
  /** Null: it is said when these people came, but not how. */
  wayId: z.number().nullable(),
  month,
  /** Who came then. */
  came: z.number(),
  /** Who came by it at any time and bought for the first time then. */
  firstBuyers: z.number(),
})
export type ArrivalNumbers = z.infer<typeof arrivalNumbers>

export const metricsContract = {
  definitions: endpoint({
    method: 'GET',
    path: '/metrics',
    summary: 'What each number of the house means: its formula, its unit, its days, the records it is counted of',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(definition) }),
  }),
  overview: endpoint({
    method: 'GET',
    path: '/overview',
    summary: 'The shop at a glance: revenue, buyers, repurchase and stages, each number with the people behind it',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    input: overviewInput,
    output: overview,
  }),
  product: endpoint({
    method: 'GET',
    path: '/products/{id}/numbers',
    summary: 'What a product sold, who bought it and who came back for it, in all and by month',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ id: shape.id, asOf: shape.day.optional(), shopId: shape.id.optional() }),
    output: productNumbers,
  }),
  arrivals: endpoint({
    method: 'GET',
    path: '/arrival-numbers',
    summary: 'How many new customers and first-time buyers each way of coming brought, by month',
    description:
      'The people behind a number: `came` with the way and the days of the month; with first purchase in them.',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    input: z.object({
      /** The last month; this one unless told. */
      to: month.optional(),
      months: z.coerce.number().int().min(1).max(36).default(6),
    }),
    output: z.object({
      /** The months looked at, oldest first. */
      months: z.array(month),
      items: z.array(arrivalNumbers),
    }),
  }),
}
