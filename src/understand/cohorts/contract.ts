import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** What puts buyers into one cohort: the month of the first purchase, or what stands beside it. */
export const cohortsBy = ['month', 'category', 'product', 'shop', 'channel', 'way'] as const
export const cohortBy = z.enum(cohortsBy)
export type CohortBy = z.infer<typeof cohortBy>

/** `again`: the second purchase had come by the end of that month; `back`: bought something in that month. */
export const cohortWhat = z.enum(['again', 'back'])
export type CohortWhat = z.infer<typeof cohortWhat>

/** Below so many people a share tells nothing: the numbers alone are shown. */
export const fewest = 10

const cell = z.object({
  /** Calendar months after that of the first purchase, 0 to 24. */
  after: z.number(),
  /** Of whom that month is there to be seen: fewer than the cohort where some came too late. */
  newBuyers: z.number(),
  boughtAgain: z.number(),
  cameBack: z.number(),
  /** 0 to 1; null below 10 people. */
  repurchaseWithin: z.number().nullable(),
  retention: z.number().nullable(),
  /** False: the month is not over yet, so the number may still grow. */
  over: z.boolean(),
})
export type CohortCell = z.infer<typeof cell>

const row = z.object({
  /** YYYY-MM of a month; a category; the id of a product, shop, channel or source; `all`. */
  key: z.string(),
  /** Null of a month and of all. */
  name: z.string().nullable(),
  newBuyers: z.number(),
  /** Who is in it. */
  people: condition,
  cells: z.array(cell),
})
export type CohortRow = z.infer<typeof row>

export const cohorts = z.object({
  asOf: shape.day,
  by: cohortBy,
  /** The months of first purchases that are looked at, YYYY-MM, oldest first. */
  months: z.array(z.string()),
  /** Months oldest first; others the most people first, at most 20. A person may be in several of them. */
  rows: z.array(row),
  all: row,
})
export type Cohorts = z.infer<typeof cohorts>

const looks = {
  by: cohortBy.default('month'),
  /** Only what was placed on or before this day counts; today unless told. */
  asOf: shape.day.optional(),
  shopId: shape.id.optional(),
  /** How many months of first purchases, up to that of the day. */
  months: z.coerce.number().int().min(1).max(24).default(12),
}
export const cohortsInput = z.object(looks)
export type CohortsInput = z.infer<typeof cohortsInput>

export const cellInput = z.object({
  ...looks,
  key: shape.text(200),
  after: z.coerce.number().int().min(0).max(24),
  what: cohortWhat,
})
export type CellInput = z.infer<typeof cellInput>

const tag = 'Insight'

export const cohortsContract = {
  table: endpoint({
    method: 'GET',
    path: '/cohorts',
    summary: 'Who bought for the first time together, and how many of them bought again, month after month',
    description: 'The question behind a cell: `GET /cohorts/people`.',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: cohortsInput,
    output: cohorts,
  }),
  people: endpoint({
    method: 'GET',
    path: '/cohorts/people',
    summary: 'The question that finds the people of a cell of the cohorts',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: cellInput,
    output: z.object({ asOf: shape.day, people: condition }),
  }),
}
