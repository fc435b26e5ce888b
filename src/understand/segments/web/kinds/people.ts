import type { KindOf } from '../condition-parts.ts'

/** Others' groups, lots, everybody. */
export const people = {
  segment: { begin: { is: 'segment', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'segment' } }] },
  picked: {
    begin: { is: 'picked', in: [] },
    parts: [
      { part: 'among', key: 'in', of: { list: 'segment' } },
      { part: 'flag', key: 'out', label: 'kept_out' },
    ],
  },
  snapshot: {
    begin: { is: 'snapshot', in: [] },
    parts: [{ part: 'among', key: 'in', of: { list: 'snapshot' } }],
  },
  share: {
    begin: { is: 'share', percent: 10, seed: 1 },
    parts: [
      { part: 'count', key: 'percent', min: 1, max: 99, label: 'percent' },
      { part: 'count', key: 'seed', min: 0, max: 1_000_000, label: 'seed' },
    ],
  },
  everyone: { begin: { is: 'everyone' }, parts: [] },
} as const satisfies Record<string, KindOf>
