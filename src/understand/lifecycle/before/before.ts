import type { Condition } from '#understand/query/contract.ts'

/** What people do who want something; views and searches alone are nobody's wish. */
export const wanting = ['carted', 'checkout', 'favoured', 'asked', 'tried_on'] as const

/** The question who has shown in the last days that she wants something: by what she did, or in a talk. */
export function wants(days: number): Condition {
  return {
    is: 'or',
    of: [
      ...wanting.map((kind): Condition => ({ is: 'did', kind, days, atLeast: 1 })),
      {
        is: 'and',
        of: [
          { is: 'known', field: 'lastTalked' },
          { is: 'within', field: 'lastTalked', days },
        ],
      },
    ],
  }
}

const never: Condition = { is: 'stage', in: ['never'] }

/** Never bought, and wants something. */
export function targets(days: number): Condition {
  return { is: 'and', of: [never, wants(days)] }
}

/** Never bought, and shows no wish now. */
export function potentials(days: number): Condition {
  return { is: 'and', of: [never, { is: 'not', of: wants(days) }] }
}

export const buyers: Condition = { is: 'number', field: 'purchases', atLeast: 1 }
