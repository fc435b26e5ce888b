/**
 * How it ended. done: an act; seen: somebody looked; refused: the house said no; denied: the person may not; broken: it failed
 * in the middle.
 */
export const outcomes = ['done', 'seen', 'refused', 'denied', 'broken'] as const
export type Outcome = (typeof outcomes)[number]
