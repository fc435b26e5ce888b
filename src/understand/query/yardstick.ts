import type { Day } from '#platform/days.ts'
import type { Condition } from './contract.ts'
import type { Position } from './distance-asked.ts'

/**
 * What words like *silent* and *retain* mean in this shop on a day. The modules that decide it (lifecycle, value) stand above,
 * so they hand it in.
 */
export type Yardstick = {
  asOf: Day
  /** Set where not all shops are seen: what was bought elsewhere does not count. */
  shopIds?: number[]
  /** Set for another day than today and where not all shops are seen: what is foretold of all does not hold there. */
  narrow?: boolean
  /** Set for a day of the past: what may be done today was not known then. */
  past?: boolean
  thresholds?: { active: number; silent: number; sleeping: number }
  cuts?: {
    groups: 5 | 3 | 0
    /** A score from here on is high. */
    high: number
    /** Rising; a score is one more than the number of cuts exceeded. */
    recency: Day[]
    frequency: number[]
    monetary: number[]
  }
  /** Of each tag itself and those that were merged into it. */
  tags?: ReadonlyMap<number, number[]>
  /** The shop's, for what behaviour has no day of. */
  zone?: string
  /** Where the shops stand, of those that the actor sees. */
  positions?: Position[]
  /** Set where the actor is shown where exactly people are. */
  exact?: boolean
  /** Which model of what is next for whom holds; none: there is none yet. */
  model?: number
}

export type Measure = 'thresholds' | 'cuts' | 'tags' | 'zone' | 'model' | 'positions'

/** Which measures a question needs: the cuts cost a reading of all buyers. */
export function measuresOf(tree: Condition): Set<Measure> {
  switch (tree.is) {
    case 'and':
    case 'or':
      return new Set(tree.of.flatMap((one) => [...measuresOf(one)]))
    case 'not':
      return measuresOf(tree.of)
    case 'moved':
    case 'stage':
    case 'new':
      return new Set(['thresholds'])
    case 'class':
    case 'score':
      return new Set(['cuts'])
    case 'tagged':
      return new Set(['tags'])
    case 'did':
    case 'sequence':
    case 'path':
      return new Set(['zone'])
    case 'distance':
    case 'nearest':
      return new Set(['positions'])
    case 'likely':
      return new Set(['model'])
    default:
      return new Set()
  }
}
