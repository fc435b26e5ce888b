import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition, stage } from '#understand/query/contract.ts'
import { thresholds, thresholdsWith } from '../limits.ts'

/** What has limits of its own beside the shop: goods of a category or a brand, or the people of a tag with all that they buy. */
export const goods = z.union([
  z.object({ category: shape.text(200) }),
  z.object({ brandId: shape.id.max(2 ** 31 - 1) }),
  z.object({ tagId: shape.id.max(2 ** 31 - 1) }),
])
export type Goods = z.infer<typeof goods>

/** Thresholds of some goods' own; version 0: there are none, the shop's hold. */
const ownThresholds = z.object({ thresholds: thresholds.nullable(), version: z.number().int().min(0) })

/** Customers of some goods by stage: by the days since they last bought of these. Who never did is in none. */
export const goodsStages = z.object({
  of: goods,
  name: z.string(),
  own: z.boolean(),
  thresholds,
  /** Own thresholds' version; 0 where the shop's hold. */
  version: z.number().int().min(0),
  buyers: z.number(),
  stages: z.array(z.object({ stage, customers: z.number(), people: condition })),
})
export type GoodsStages = z.infer<typeof goodsStages>

/**
 * After how many days buyers come back. Each buyer weighs one, however often she bought; a silence that has not ended yet counts as
 * long as it has lasted (Kaplan and Meier), so a young shop does not look forgetful.
 */
export const gapCurve = z.object({
  asOf: shape.day,
  /** Who bought at all, who came back, and on how many days they did: what stands behind the curve. */
  buyers: z.number(),
  comers: z.number(),
  gaps: z.number(),
  /** `share` of buyers, 0 to 1, who were back within `days`; `watched`: silences that had lasted so long. Ends where fewer than 10 had. */
  points: z.array(z.object({ days: z.number(), share: z.number(), watched: z.number() })),
  /** Of those who come back, so many (0.5 …) have come within so many days; null below 10 gaps. */
  quantiles: z.array(z.object({ share: z.number(), days: z.number() })).nullable(),
  /** Three of four, nine of ten, 97 of 100 who come back have come by then; null where fewer than 30 gaps of 20 people stand behind it. */
  suggested: thresholds.nullable(),
})
export type GapCurve = z.infer<typeof gapCurve>

/** Where a customer stands in some goods, and what that rests on. */
export const goodsStage = z.object({
  of: goods,
  name: z.string(),
  own: z.boolean(),
  stage,
  lastPurchaseDay: shape.day,
  days: z.number(),
  daysSince: z.number(),
  thresholds,
  nextStage: stage.nullable(),
  nextDay: shape.day.nullable(),
})
export type GoodsStage = z.infer<typeof goodsStage>

const tag = 'Lifecycle'

export const goodsEndpoints = {
  goods: endpoint({
    method: 'GET',
    path: '/lifecycle/goods',
    summary:
      'Customers by stage in each category, and in each brand and for the people of each tag that has thresholds of its own',
    description: 'At most 60 categories, those with the most buyers.',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ asOf: shape.day.optional(), shopId: shape.id.optional() }),
    output: z.object({ asOf: shape.day, items: z.array(goodsStages) }),
  }),
  goodsOfCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/goods-stages',
    summary:
      'A customer’s stage in each category that she bought of, and by the limits of her tags, with what it rests on',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({ asOf: shape.day, items: z.array(goodsStage) }),
  }),
  goodsThresholds: endpoint({
    method: 'POST',
    path: '/lifecycle/goods-thresholds/query',
    summary: 'The thresholds of some goods’ own',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    rate: 'read',
    once: false,
    input: z.object({ of: goods }),
    output: ownThresholds.extend({ name: z.string(), shops: thresholds }),
  }),
  saveGoodsThresholds: endpoint({
    method: 'PUT',
    path: '/lifecycle/goods-thresholds',
    summary: 'Give some goods thresholds of their own, or take them away (null)',
    description:
      'If-Match is the version read; 0 where there are none. Nothing is announced of customers: stages in goods are reckoned when asked.',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    edit: true,
    input: z.object({ of: goods, thresholds: thresholds.nullable() }),
    output: ownThresholds,
  }),
  gaps: endpoint({
    method: 'POST',
    path: '/lifecycle/gaps',
    summary:
      'After how many days buyers come back, to the shop or for some goods, and the thresholds that this suggests',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    rate: 'heavy',
    once: false,
    input: z.object({ of: goods.optional() }),
    output: gapCurve,
  }),
}

/** Thresholds to try, of the shop or of some goods. */
export const wantedThresholds = thresholdsWith({ of: goods.optional() })
