import { foretellers, foretoldActions } from '#understand/query/contract.ts'
import { type KindOf, money, number, span } from '../condition-parts.ts'

/** What is expected of people. */
export const forecasts = {
  chance: {
    begin: { is: 'foretold', of: 'here', atMost: 50 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: { words: ['here', 'again90', 'again365'], key: (word) => `value.q.field.${word}` },
      },
      { ...number, label: 'percent' },
    ],
  },
  expected: {
    begin: { is: 'foretold', of: 'value365', atLeast: 100_000 },
    parts: [
      { part: 'one', key: 'of', of: { words: ['value90', 'value365'], key: (word) => `value.q.field.${word}` } },
      money,
    ],
  },
  likely: {
    begin: { is: 'likely', productIds: [] },
    parts: [
      { part: 'among', key: 'productIds', of: { list: 'product' } },
      { part: 'count', key: 'top', min: 1, max: 100, label: 'top' },
    ],
  },
  foretoldDay: {
    begin: { is: 'foretoldDay', of: 'next' },
    parts: [
      { part: 'one', key: 'of', of: { words: ['next', 'callBefore'], key: (word) => `value.q.field.${word}` } },
      span,
    ],
  },
  foretoldAction: {
    begin: { is: 'foretoldAction', in: ['late'] },
    parts: [{ part: 'among', key: 'in', of: { words: foretoldActions, key: (word) => `value.q.action.${word}` } }],
  },
  foretoldBy: {
    begin: { is: 'foretoldBy', in: ['own'] },
    parts: [{ part: 'among', key: 'in', of: { words: foretellers, key: (word) => `value.q.step.${word}` } }],
  },
} as const satisfies Record<string, KindOf>
