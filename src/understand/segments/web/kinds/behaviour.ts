import { eventKinds } from '#understand/query/contract.ts'
import { type KindOf, narrowing, number, products, shopsOf, span, window } from '../condition-parts.ts'

/** What people did, and in which order. */
export const behaviour = {
  did: {
    begin: { is: 'did', kind: 'carted', days: 30 },
    parts: [
      { part: 'one', key: 'kind', of: { words: eventKinds, key: (word) => `query.event.${word}` } },
      { part: 'texts', key: 'names', label: 'names', more: true },
      number,
      ...window,
      ...narrowing(...products),
    ],
  },
  sequence: {
    begin: { is: 'sequence', steps: [{ did: 'viewed' }, { did: 'bought', not: true, within: 7 }], days: 90 },
    parts: [{ part: 'steps', key: 'steps' }, ...window],
  },
  path: {
    begin: {
      is: 'path',
      start: 'arrival',
      steps: [{ in: [{ did: 'viewed' }] }, { in: [{ did: 'nothing' }] }],
      days: 28,
    },
    parts: [
      { part: 'way', keys: ['start', 'back', 'by', 'steps'] },
      { part: 'last', key: 'days' },
      ...narrowing(span, shopsOf),
    ],
  },
} as const satisfies Record<string, KindOf>
