import type { Condition, EventKind } from '#understand/query/contract.ts'
import { categories } from '../segments/made.ts'

// A hundred segments as a shop keeps them: fifty on traits and order windows, thirty on event windows, twenty sequences. Written down
// before anything was measured with them.

export type LiveKind = 'traits' | 'events' | 'sequences'

const cities = ['上海', '杭州', '宁波', '苏州', '南京', '北京', '广州', '成都']
const windows = [7, 14, 30, 60, 90, 180, 365]
const kinds: EventKind[] = ['viewed', 'searched', 'carted', 'favoured']
const one = <T>(of: readonly T[], at: number) => of[at % of.length]!
const city = (at: number): Condition => ({ is: 'text', field: 'city', in: [one(cities, at)] })

/** All of them, each with its kind. Names of cities and categories are those of segments/made.ts. */
export function hundredSegments(): { kind: LiveKind; question: Condition }[] {
  return [
    ...Array.from({ length: 50 }, (_, at) => ({ kind: 'traits' as const, question: onTraits(at) })),
    ...Array.from({ length: 30 }, (_, at) => ({ kind: 'events' as const, question: onEvents(at) })),
    ...Array.from({ length: 20 }, (_, at) => ({ kind: 'sequences' as const, question: inSequence(at) })),
  ]
}

function onTraits(at: number): Condition {
  const days = one(windows, at)
  switch (at % 5) {
    case 0:
      return {
        is: 'and',
        of: [city(at), { is: 'has', what: 'phone' }, { is: 'number', field: 'purchases', atLeast: 1 + (at % 4) }],
      }
    case 1:
      return { is: 'orders', of: 'spent', days, atLeast: 20_000 * (1 + (at % 6)) }
    case 2:
      return {
        is: 'and',
        of: [
          { is: 'orders', of: 'count', days, atLeast: 1 },
          { is: 'not', of: { is: 'orders', of: 'count', days: days * 2, atLeast: 3 } },
        ],
      }
    case 3:
      return {
        is: 'and',
        of: [
          { is: 'number', field: 'daysSince', atLeast: days, atMost: days * 2 },
          { is: 'not', of: city(at) },
        ],
      }
    default:
      return {
        is: 'or',
        of: [
          { is: 'stage', in: ['silent'] },
          { is: 'orders', of: 'average', days: 365, atLeast: 10_000 + at * 500 },
        ],
      }
  }
}

function onEvents(at: number): Condition {
  const days = one(windows, at)
  const kind = one(kinds, at)
  switch (at % 3) {
    case 0:
      return { is: 'did', kind, days, atLeast: 1 + (at % 4) }
    case 1:
      return {
        is: 'and',
        of: [
          { is: 'did', kind, days, atLeast: 2 },
          { is: 'orders', of: 'count', days, atMost: 0 },
        ],
      }
    default:
      return {
        is: 'and',
        of: [
          { is: 'did', kind: 'viewed', days, categories: [one(categories, at)] },
          { is: 'not', of: { is: 'did', kind: 'carted', days } },
        ],
      }
  }
}

function inSequence(at: number): Condition {
  const days = one([30, 60, 90, 180], at)
  const within = one([3, 7, 14], at)
  switch (at % 4) {
    case 0:
      return { is: 'sequence', days, steps: [{ did: 'viewed' }, { did: 'bought', not: true, within }] }
    case 1:
      return { is: 'sequence', days, steps: [{ did: 'carted' }, { did: 'bought', not: true, within }] }
    case 2:
      return {
        is: 'sequence',
        days,
        steps: [{ did: 'searched' }, { did: 'viewed', within }, { did: 'bought', within }],
      }
    default:
      return { is: 'sequence', days, steps: [{ did: 'favoured' }, { did: 'carted', within }] }
  }
}
