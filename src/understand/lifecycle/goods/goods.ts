import { addDays, type Day, daysBetween } from '#platform/days.ts'
import type { Condition, Stage } from '#understand/query/contract.ts'
import type { Thresholds } from '../limits.ts'
import { stageOn } from '../stage.ts'
import type { Goods } from './goods-contract.ts'

/** Days since a last purchase, both ends included; `atMost` absent: however long ago. */
export type Silence = { atLeast: number; atMost?: number }

/** The silence that makes a stage; nothing for who never bought. */
export function silenceOf(stage: Stage, { active, silent, sleeping }: Thresholds): Silence | undefined {
  return {
    active: { atLeast: 0, atMost: active - 1 },
    silent: { atLeast: active, atMost: silent - 1 },
    sleeping: { atLeast: silent, atMost: sleeping - 1 },
    lost: { atLeast: sleeping },
    never: undefined,
  }[stage]
}

/** What lies in both; nothing where they do not meet. */
export function bothSilences(one: Silence, other: Silence): Silence | undefined {
  const atLeast = Math.max(one.atLeast, other.atLeast)
  const atMost = Math.min(one.atMost ?? Infinity, other.atMost ?? Infinity)
  if (atLeast > atMost) return undefined
  return Number.isFinite(atMost) ? { atLeast, atMost } : { atLeast }
}

/**
 * The question who has been silent so long, in the shop, in some goods, or of a tag. It speaks of days ago, so that who saves it as a segment has one
 * that lives on.
 */
export function silentFor({ atLeast, atMost }: Silence, of?: Goods): Condition {
  if (!of) {
    return {
      is: 'number',
      field: 'daysSince',
      ...(atLeast > 0 ? { atLeast } : {}),
      ...(atMost === undefined ? {} : { atMost }),
    }
  }
  if ('tagId' in of) return { is: 'and', of: [{ is: 'tagged', in: [of.tagId] }, silentFor({ atLeast, atMost })] }
  const which = 'category' in of ? { categories: [of.category] } : { brandIds: [of.brandId] }
  const within = (days?: number): Condition => ({
    is: 'orders',
    of: 'count',
    ...which,
    ...(days === undefined ? {} : { days }),
    atLeast: 1,
  })
  const bought = within(atMost === undefined ? undefined : atMost + 1)
  if (atLeast === 0) return bought
  return { is: 'and', of: [bought, { is: 'not', of: within(atLeast) }] }
}

/** Where somebody stands who last bought on a day, with what comes and when. */
export function standingSince(
  lastPurchase: Day,
  asOf: Day,
  thresholds: Thresholds,
): { stage: Stage; daysSince: number; nextStage: Stage | null; nextDay: Day | null } {
  const stage = stageOn(asOf, { firstPurchase: lastPurchase, lastPurchase }, thresholds)
  const next = { active: 'silent', silent: 'sleeping', sleeping: 'lost', lost: null, never: null } as const
  const limit = { active: thresholds.active, silent: thresholds.silent, sleeping: thresholds.sleeping }
  return {
    stage,
    daysSince: Math.max(0, daysBetween(lastPurchase, asOf)),
    nextStage: next[stage],
    nextDay: next[stage] === null ? null : addDays(lastPurchase, limit[stage as keyof typeof limit]),
  }
}

/** One text for each goods, to look them up by. */
export function keyOf(of: Goods): string {
  if ('category' in of) return `category ${of.category}`
  return 'brandId' in of ? `brand ${of.brandId}` : `tag ${of.tagId}`
}
