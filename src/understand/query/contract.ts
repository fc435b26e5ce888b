import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'
import { type DidCondition, didCondition, type SequenceCondition, sequenceCondition } from './behaviour-conditions.ts'
import {
  type AgeCondition,
  ageCondition,
  type BirthMonthCondition,
  birthMonthCondition,
  type DaysToCondition,
  daysToCondition,
  sureShape,
} from './birthday-conditions.ts'
import { type During, duringShape } from './calendar/during.ts'
import { type KnownBy, knownBy, type MayCondition, mayCondition } from './contact-conditions.ts'
import {
  type DistanceCondition,
  distanceCondition,
  type NearestCondition,
  nearestCondition,
} from './distance-conditions.ts'
import { type FirstBoughtCondition, firstBoughtCondition } from './first-bought-condition.ts'
import {
  type ForetoldActionCondition,
  type ForetoldByCondition,
  type ForetoldCondition,
  type ForetoldDayCondition,
  foretoldActionCondition,
  foretoldByCondition,
  foretoldCondition,
  foretoldDayCondition,
} from './foretold-conditions.ts'
import { type LikelyCondition, likelyCondition } from './likely-condition.ts'
import { type MovedCondition, movedCondition } from './moved-condition.ts'
import { type OrderDayCondition, type OrdersCondition, orderDayCondition, ordersCondition } from './order-conditions.ts'
import { type PathCondition, pathCondition } from './path-condition.ts'
import {
  type ParcelCondition,
  parcelCondition,
  type ReviewedCondition,
  reviewedCondition,
} from './record-conditions.ts'
import { type RegionCondition, regionCondition } from './region-condition.ts'

export { type EventKind, eventKinds, type SequenceStep } from './behaviour-conditions.ts'
export type { During } from './calendar/during.ts'
export { timeNames } from './calendar/times.ts'
export { type Channel, channels, type KnownBy, knownBy, type Purpose, purposes } from './contact-conditions.ts'
export { type Foreteller, type ForetoldAction, foretellers, foretoldActions } from './foretold-conditions.ts'
export { type Days, type OfOrders, type OfProducts, type OrderMeasure, orderMeasures } from './order-conditions.ts'
export {
  isShort,
  mostPathDays,
  mostPathSteps,
  type PathDetail,
  type PathPlace,
  type PathStep,
  pathDetails,
  pathShape,
} from './path-condition.ts'

export { parcelSteps } from './record-conditions.ts'

/** The five states of a customer's life with the shop, by days since the last purchase. */
export const stages = ['active', 'silent', 'sleeping', 'lost', 'never'] as const
export const stage = z.enum(stages)
export type Stage = z.infer<typeof stage>

/** The four classes of value: by amount and by number of purchases (understand/value/value-class.ts). */
export const valueClasses = ['retain', 'develop', 'loyal', 'ordinary'] as const
export const valueClass = z.enum(valueClasses)
export type ValueClass = z.infer<typeof valueClass>

export const textField = z.enum(['country', 'province', 'city', 'gender'])
export const dayField = z.enum(['firstPurchase', 'lastPurchase', 'added', 'lastTalked', 'nextTalk'])
/** The day and month of the birthday; its year. */
export const birthField = z.enum(['birthday', 'birthYear'])
export const numberField = z.enum(['purchases', 'revenue', 'daysSince'])

/**
 * A question about one customer, answered yes, no or unknown. Unknown is not no: `not country in [US]` does not find a
 * person whose country nobody knows; add `not known country` by `or` to find those too. Days include both ends; money is
 * minor units, net of what was given back.
 */
export type Condition =
  | { is: 'everyone' }
  | { is: 'and'; of: Condition[] }
  | { is: 'or'; of: Condition[] }
  | { is: 'not'; of: Condition }
  | { is: 'stage'; in: Stage[] }
  /** The mark within active: first bought within the active window. */
  | { is: 'new' }
  | { is: 'class'; in: ValueClass[] }
  /** A score of this shop, 1 the least; unknown for who never bought and in a shop with too few buyers. */
  | { is: 'score'; of: z.infer<typeof scoreName>; atLeast?: number; atMost?: number }
  /** With `sure`, here and below: only what the person or staff said; all else is unknown. */
  | { is: 'text'; field: z.infer<typeof textField>; in: string[]; sure?: true }
  | {
      is: 'known'
      field: z.infer<typeof textField> | z.infer<typeof dayField> | z.infer<typeof birthField> | 'region'
      sure?: true
    }
  | RegionCondition
  | DistanceCondition
  | NearestCondition
  | { is: 'day'; field: z.infer<typeof dayField>; from?: string; to?: string; during?: During }
  /** Within the last `days` days up to the day of the question, that day included. */
  | { is: 'within'; field: z.infer<typeof dayField>; days: number }
  | { is: 'number'; field: z.infer<typeof numberField>; atLeast?: number; atMost?: number }
  | DaysToCondition
  | AgeCondition
  | BirthMonthCondition
  /** Known by one; a phone and an e-mail address as they are shown. Never unknown. */
  | { is: 'has'; what: KnownBy }
  | MayCondition
  /** Looked after by one of these members of staff; `owned`: by anybody. */
  | { is: 'owner'; in: number[] }
  | { is: 'owned' }
  /**
   * Came by one of these ways (`in`; 0: it is not said by which), within these days. Without either, whether anything is said of where the person came from. Never
   * unknown.
   */
  | { is: 'came'; in?: number[]; from?: string; to?: string }
  /** Has one of these tags, as they stand today; those that end have their end on the day of the question. */
  | { is: 'tagged'; in: number[] }
  /**
   * A field of the shop's own, by what suits its kind: one of these choices, a number or minor units, days, yes or no, one of
   * these texts; with none of them, whether it is known. Unknown where it is not, but for that last.
   */
  | {
      is: 'own'
      fieldId: number
      in?: number[]
      atLeast?: number
      atMost?: number
      from?: string
      to?: string
      yes?: boolean
      texts?: string[]
      sure?: true
    }
  /** Ordered at one of these shops, or was made known by one of their sources. */
  | { is: 'shop'; in: number[] }
  /** At least one purchase in these days. */
  | { is: 'bought'; from?: string; to?: string }
  /** Bought this product, on at least `times` occasions (1 unless told), in these days. */
  | { is: 'boughtProduct'; productId: number; times?: number; from?: string; to?: string }
  | OrdersCondition
  | OrderDayCondition
  | FirstBoughtCondition
  | MovedCondition
  | DidCondition
  | SequenceCondition
  | PathCondition
  | ReviewedCondition
  | ParcelCondition
  /** In one of these states of the shop's own, as it stands today. Never unknown. */
  | { is: 'state'; in: number[] }
  /** In one of these segments, as they are defined now, with those picked for it by hand. */
  | { is: 'segment'; in: number[] }
  /** Picked by hand for one of these segments, or kept `out` of it, on the day of the question; as it stands today. Never unknown. */
  | { is: 'picked'; in: number[]; out?: true }
  /** Was in one of these snapshots of segments when it was taken; merges and splits since are followed. Never unknown. */
  | { is: 'snapshot'; in: number[] }
  /** So many of a hundred, drawn by lot; another seed draws others. Never unknown. */
  | { is: 'share'; percent: number; seed: number }
  | ForetoldCondition
  | ForetoldDayCondition
  | ForetoldByCondition
  | ForetoldActionCondition
  | LikelyCondition

export const scoreName = z.enum(['recency', 'frequency', 'monetary', 'frequencyMonetary'])

/** Of tags, fields, segments and the like, whose ids are four bytes. */
const recordId = shape.id.max(2 ** 31 - 1)
const list = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(200)
const bound = z.number().int().min(-9e15).max(9e15).optional()

const node: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('is', [
    z.object({ is: z.literal('everyone') }),
    z.object({ is: z.literal('and'), of: z.array(node).max(50) }),
    z.object({ is: z.literal('or'), of: z.array(node).min(1).max(50) }),
    z.object({ is: z.literal('not'), of: node }),
    z.object({ is: z.literal('stage'), in: list(stage) }),
    z.object({ is: z.literal('new') }),
    z.object({ is: z.literal('class'), in: list(valueClass) }),
    z.object({ is: z.literal('score'), of: scoreName, atLeast: bound, atMost: bound }),
    z.object({ is: z.literal('text'), field: textField, in: list(shape.text(200)), sure: sureShape }),
    z
      .object({
        is: z.literal('known'),
        field: z.union([textField, dayField, birthField, z.literal('region')]),
        sure: sureShape,
      })
      // The day of a birthday may be sure, its year alone is not told apart from it; days of orders and talks are what they are.
      .refine(({ field, sure }) => !sure || ['birthday', 'region', ...textField.options].includes(field), {
        message: 'never_sure',
      }),
    z.object({
      is: z.literal('day'),
      field: dayField,
      from: shape.day.optional(),
      to: shape.day.optional(),
      during: duringShape.optional(),
    }),
    z.object({ is: z.literal('within'), field: dayField, days: z.number().int().min(1).max(36_500) }),
    z.object({ is: z.literal('number'), field: numberField, atLeast: bound, atMost: bound }),
    regionCondition,
    distanceCondition,
    nearestCondition,
    daysToCondition,
    ageCondition,
    birthMonthCondition,
    z.object({ is: z.literal('has'), what: z.enum(knownBy) }),
    mayCondition,
    z.object({
      is: z.literal('shop'),
      in: list(recordId),
    }),
    z.object({ is: z.literal('owner'), in: list(z.number().int().positive().max(Number.MAX_SAFE_INTEGER)) }),
    z.object({ is: z.literal('owned') }),
    z.object({
      is: z.literal('came'),
      in: list(
        z
          .number()
          .int()
          .min(0)
          .max(2 ** 31 - 1),
      ).optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
    }),
    z.object({
      is: z.literal('tagged'),
      in: list(recordId),
    }),
    z.object({
      is: z.literal('own'),
      fieldId: recordId,
      in: list(recordId).optional(),
      atLeast: z.number().min(-9e15).max(9e15).optional(),
      atMost: z.number().min(-9e15).max(9e15).optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
      yes: z.boolean().optional(),
      texts: list(shape.text(200)).optional(),
      sure: sureShape,
    }),
    foretoldCondition,
    foretoldDayCondition,
    foretoldByCondition,
    foretoldActionCondition,
    likelyCondition,
    z.object({ is: z.literal('bought'), from: shape.day.optional(), to: shape.day.optional() }),
    z.object({
      is: z.literal('boughtProduct'),
      productId: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
      times: z.number().int().min(1).max(10_000).optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
    }),
    ordersCondition,
    orderDayCondition,
    firstBoughtCondition,
    movedCondition,
    didCondition,
    sequenceCondition,
    pathCondition,
    reviewedCondition,
    parcelCondition,
    z.object({
      is: z.literal('segment'),
      in: list(recordId),
    }),
    z.object({
      is: z.literal('picked'),
      in: list(recordId),
      out: z.literal(true).optional(),
    }),
    z.object({
      is: z.literal('snapshot'),
      in: list(recordId),
    }),
    z.object({
      is: z.literal('state'),
      in: list(recordId),
    }),
    z.object({
      is: z.literal('share'),
      percent: z.number().int().min(1).max(99),
      seed: z.number().int().min(0).max(1_000_000),
    }),
  ]),
)

/** At most 100 nodes, 10 deep, 40,000 characters in its lists: values travel to the columns in an address. */
export const condition = node.refine(
  (tree) => nodesOf(tree) <= 100 && depthOf(tree) <= 10 && lettersOf(tree) <= 40_000,
  {
    message: 'too_large',
  },
)

export const everyone: Condition = { is: 'everyone' }

export const sortField = z.enum([
  'added',
  'firstPurchase',
  'lastPurchase',
  'purchases',
  'revenue',
  'lastTalked',
  'nextTalk',
])

/** Which customers, seen from which day and shop, in which order. Who lacks the sorted value comes last. */
export const customerQuery = z.object({
  where: condition.default(everyone),
  /** Only what was placed on or before this day counts; today unless told. */
  asOf: shape.day.optional(),
  /** Only what was placed at this shop counts, and only its customers are there. */
  shopId: shape.id.optional(),
  sort: z
    .object({ by: sortField, direction: z.enum(['up', 'down']) })
    .default({ by: 'lastPurchase', direction: 'down' }),
})
export type CustomerQuery = z.infer<typeof customerQuery>

function nodesOf(tree: Condition): number {
  if (tree.is === 'not') return 1 + nodesOf(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return tree.of.reduce((sum, one) => sum + nodesOf(one), 1)
  return 1
}

function depthOf(tree: Condition): number {
  if (tree.is === 'not') return 1 + depthOf(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return 1 + Math.max(0, ...tree.of.map(depthOf))
  return 1
}

function lettersOf(tree: Condition): number {
  if (tree.is === 'not') return lettersOf(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return tree.of.reduce((sum, one) => sum + lettersOf(one), 0)
  return lettersIn(tree)
}

/** Of what stands in lists, however deep. */
function lettersIn(value: object): number {
  return Object.values(value).reduce((sum: number, one: unknown) => {
    if (typeof one === 'object' && one !== null) return sum + lettersIn(one)
    return Array.isArray(value) ? sum + String(one).length : sum
  }, 0)
}
