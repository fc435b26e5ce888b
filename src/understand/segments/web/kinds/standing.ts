import { type KindOf, number, stage, window } from '../condition-parts.ts'

/** Where somebody stands in the shop's life: stage, value, states of one's own. */
export const standing = {
  stage: {
    begin: { is: 'stage', in: ['silent'] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: stage,
      },
    ],
  },
  new: { begin: { is: 'new' }, parts: [] },
  moved: {
    begin: { is: 'moved', into: 'silent', days: 30 },
    parts: [
      { part: 'one', key: 'into', of: stage, label: 'into' },
      { part: 'one', key: 'out', of: stage, label: 'out', optional: true },
      ...window,
    ],
  },
  state: { begin: { is: 'state', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'state' } }] },
  class: {
    begin: { is: 'class', in: ['retain'] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: { words: ['retain', 'develop', 'loyal', 'ordinary'], key: (word) => `web.value.${word}` },
      },
    ],
  },
  score: {
    begin: { is: 'score', of: 'recency', atLeast: 4 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: {
          words: ['recency', 'frequency', 'monetary', 'frequencyMonetary'],
          key: (word) => `query.field.${word}`,
        },
      },
      number,
    ],
  },
} as const satisfies Record<string, KindOf>
