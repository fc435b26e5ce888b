import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition, everyone } from '#understand/query/contract.ts'

/** The numbers of the registry (understand/metrics/definitions.ts) that a report can ask for. */
export const reportMetrics = [
  'revenue',
  'purchases',
  'averageOrder',
  'buyers',
  'newBuyers',
  'returningBuyers',
  'repeatBuyers',
  'repurchaseRate',
  'purchasesPerBuyer',
  'revenuePerBuyer',
  'knownRevenue',
  'anonymousRevenue',
  'customers',
] as const
export const reportMetric = z.enum(reportMetrics)
export type ReportMetric = z.infer<typeof reportMetric>

/** By what a report is divided: by time, by what a customer is, or by what was bought and where. */
export const splits = [
  'none',
  ...(['month', 'week', 'day'] as const),
  ...(['stage', 'class', 'city', 'province', 'country', 'gender', 'tag', 'way', 'owner'] as const),
  ...(['shop', 'channel', 'category', 'brand', 'product'] as const),
] as const
export const split = z.enum(splits)
export type Split = z.infer<typeof split>

/** The last so many days, weeks (from Monday) or months up to the day of the question, that one included; or from day to day. */
export const period = z.union([
  z.object({ last: z.number().int().min(1).max(400), unit: z.enum(['days', 'weeks', 'months']) }),
  z.object({ from: shape.day, to: shape.day }),
])
export type Period = z.infer<typeof period>

/** `before`: as long, right before it; `year`: the same days a year earlier. */
export const compare = z.enum(['none', 'before', 'year'])

/** What a report asks. The people of the question are those of the day on which it is read; their numbers are those of the period. */
export const asks = z.object({
  metrics: z.array(reportMetric).min(1).max(6),
  where: condition.default(everyone),
  split: split.default('none'),
  period: period.default({ last: 12, unit: 'months' }),
  compare: compare.default('none'),
  shopId: shape.id.optional(),
})
export type Asks = z.infer<typeof asks>

const cell = z.object({
  /** Minor units, whole numbers, 0 to 1, or a number, as the metric's unit says; null where it cannot be said. */
  value: z.number().nullable(),
  /** In the period that is compared with; null too where none is. */
  before: z.number().nullable(),
  /** By what part of `before` it grew. */
  change: z.number().nullable(),
  /** Who stands behind it. */
  people: condition.nullable(),
})
export type ReportCell = z.infer<typeof cell>

const row = z.object({
  key: z.string(),
  /** In the reader's language; null of time, of the whole, and of what is not known. */
  name: z.string().nullable(),
  /** Of time: its first day. */
  from: shape.day.optional(),
  /** One a metric, in their order. */
  cells: z.array(cell),
})
export type ReportRow = z.infer<typeof row>

const days = z.object({ from: shape.day, to: shape.day })

export const answer = z.object({
  asOf: shape.day,
  currency: shape.currency,
  asks,
  /** Its people as a sentence in the reader's language. */
  sentence: z.string(),
  period: days,
  before: days.nullable(),
  metrics: z.array(z.object({ key: reportMetric, unit: z.enum(['money', 'count', 'rate', 'number']) })),
  rows: z.array(row),
  /** The whole: no sum of the rows, as one person can stand in several. */
  all: row,
  /** Rows left out, the smallest. */
  left: z.number(),
})
export type Answer = z.infer<typeof answer>

export const report = z.object({
  id: shape.id,
  name: z.string(),
  note: z.string().nullable(),
  asks,
  ownerId: shape.id.nullable(),
  changedAt: z.string(),
  version: shape.version,
})
export type Report = z.infer<typeof report>

const tag = 'Reports'
const one = z.object({ id: shape.id })

export const reportsContract = {
  list: endpoint({
    method: 'GET',
    path: '/reports',
    summary: 'The reports that were saved, by name',
    tag,
    may: 'insight.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(report) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/reports/{id}',
    summary: 'A saved report',
    tag,
    may: 'insight.read',
    scope: 'none',
    input: one,
    output: report,
  }),
  add: endpoint({
    method: 'POST',
    path: '/reports',
    summary: 'Save a report under a name',
    tag,
    may: 'reports.edit',
    scope: 'none',
    status: 201,
    input: z.object({ name: shape.text(80), note: shape.text(500).optional(), ownerId: shape.id.optional(), asks }),
    output: report,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/reports/{id}',
    summary: 'Change a saved report',
    tag,
    may: 'reports.edit',
    scope: 'none',
    edit: true,
    input: z.object({
      id: shape.id,
      name: shape.text(80).optional(),
      note: shape.text(500).nullable().optional(),
      ownerId: shape.id.nullable().optional(),
      asks: asks.optional(),
    }),
    output: report,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/reports/{id}',
    summary: 'Delete a saved report',
    tag,
    may: 'reports.edit',
    scope: 'none',
    input: one,
    output: z.object({}),
  }),
  run: endpoint({
    method: 'POST',
    path: '/reports/answers',
    summary: 'The answer to a report: numbers by row, each with the question that opens its people',
    description: 'For whom the reader sees: the same report has other numbers for who sees one shop.',
    tag,
    may: 'insight.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ asks, asOf: shape.day.optional() }),
    output: answer,
  }),
}
