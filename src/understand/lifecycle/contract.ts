import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition, stage } from '#understand/query/contract.ts'
import { beforeEndpoints } from './before/before-contract.ts'
import { goodsEndpoints, wantedThresholds } from './goods/goods-contract.ts'
import { thresholds } from './limits.ts'

export { type Stage, stage, stages } from '#understand/query/contract.ts'
export type { BeforePurchase, Life } from './before/before-contract.ts'
export type { GapCurve, Goods, GoodsStage, GoodsStages } from './goods/goods-contract.ts'
export { type Thresholds, thresholds } from './limits.ts'

/** How many customers stand in each stage; `new` counts those of `active` who carry the mark. */
export const distribution = z.object({
  active: z.number(),
  silent: z.number(),
  sleeping: z.number(),
  lost: z.number(),
  never: z.number(),
  new: z.number(),
})
export type Distribution = z.infer<typeof distribution>

export const move = z.object({ from: stage, to: stage, customers: z.number() })
export type Move = z.infer<typeof move>

/** Who comes to stand in a stage within some days if nothing is bought until then. */
export const turning = z.object({
  into: z.enum(['silent', 'sleeping', 'lost']),
  within: z.number(),
  /** Days since the last purchase at which they do. */
  limit: z.number(),
  customers: z.number(),
  /** Minor units, all that they have spent so far. */
  revenue: z.number(),
  people: condition,
})
export type Turning = z.infer<typeof turning>

/** A customer's stage and what it rests on. Days are of the shop's zone. */
export const stageReason = z.object({
  stage,
  isNew: z.boolean(),
  asOf: shape.day,
  firstPurchaseDay: shape.day.nullable(),
  lastPurchaseDay: shape.day.nullable(),
  daysSince: z.number().nullable(),
  thresholds,
  /** What comes, and on which day, if nothing is bought until then; null at the end and for who never bought. */
  nextStage: stage.nullable(),
  nextDay: shape.day.nullable(),
})
export type StageReason = z.infer<typeof stageReason>

const tag = 'Lifecycle'

export const lifecycleContract = {
  thresholds: endpoint({
    method: 'GET',
    path: '/lifecycle/thresholds',
    summary: 'The days at which customers leave a stage',
    tag,
    may: 'insight.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ thresholds, defaults: thresholds, version: z.number().int().min(0) }),
  }),
  saveThresholds: endpoint({
    method: 'PUT',
    path: '/lifecycle/thresholds',
    summary: 'Change the days at which customers leave a stage',
    description: 'If-Match is the version read; 0 before the first save. Stages follow within a minute.',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    edit: true,
    input: thresholds,
    output: z.object({ thresholds, version: z.number().int().min(0) }),
  }),
  preview: endpoint({
    method: 'POST',
    path: '/lifecycle/previews',
    summary: 'How many customers would move if these thresholds were saved, of the shop or of some goods',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    rate: 'heavy',
    once: false,
    input: wantedThresholds,
    output: z.object({
      before: distribution,
      after: distribution,
      moves: z.array(move.extend({ people: condition })),
    }),
  }),
  flow: endpoint({
    method: 'GET',
    path: '/lifecycle/flow',
    summary: 'How the stages were filled at each month’s end, and who moved in the month, computed from the orders',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({
      /** The last day looked at; today unless told. Its month is the last one and may be unfinished. */
      asOf: shape.day.optional(),
      /** How many months, this one included. */
      months: z.coerce.number().int().min(1).max(120).default(24),
      shopId: shape.id.optional(),
    }),
    output: z.object({
      asOf: shape.day,
      months: z.array(
        z.object({
          /** The month's last day, or asOf in the last month. */
          day: z.string(),
          stages: distribution,
          /** Moves within the month; who moves twice counts twice. `never` to `active` is a first purchase. */
          moves: z.array(move.extend({ people: condition })),
        }),
      ),
    }),
  }),
  transitions: endpoint({
    method: 'GET',
    path: '/lifecycle/transitions',
    summary: 'Where customers stood on one day and where they stand on a later one',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ from: shape.day, to: shape.day, shopId: shape.id.optional() }),
    output: z.object({ moves: z.array(move) }),
  }),
  turning: endpoint({
    method: 'GET',
    path: '/lifecycle/turning',
    summary:
      'Who is about to fall silent, asleep or be lost: within 7, 14 and 30 days, if nothing is bought until then',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ asOf: shape.day.optional(), shopId: shape.id.optional() }),
    output: z.object({ asOf: shape.day, items: z.array(turning) }),
  }),
  ...goodsEndpoints,
  ...beforeEndpoints,
}
