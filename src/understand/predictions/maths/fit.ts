import { minimise } from './minimise.ts'

/**
 * A model's parameters, or why there are none: not enough people; no best place was found; or the best place is at the edge of what
 * is sensible, so that the data do not tell the parameters.
 */
export type Fit<P> =
  | { status: 'fitted'; parameters: P; logLikelihood: number; people: number; evaluations: number }
  | { status: 'too_few' | 'not_converged' | 'at_limit'; people: number; evaluations: number }

export type Limits = readonly (readonly [least: number, most: number])[]

/** Where to begin, and how far around to look at first, in logarithms. */
export type Start = { at: readonly number[]; step: number }

/** Where the likelihood is greatest, over the logarithms of positive parameters within limits; from each start in turn until one holds. */
export function mostLikely(
  logLikelihood: (parameters: readonly number[]) => number,
  { starts, limits, people }: { starts: readonly Start[]; limits: Limits; people: number },
): Fit<readonly number[]> {
  let evaluations = 0
  let failed: 'not_converged' | 'at_limit' = 'not_converged'
  const within = (parameters: readonly number[]) =>
    parameters.every((one, place) => one >= limits[place]![0] && one <= limits[place]![1])
  for (const start of starts) {
    const found = minimise(
      (logs) => {
        const parameters = logs.map(Math.exp)
        return within(parameters) ? -logLikelihood(parameters) : Number.POSITIVE_INFINITY
      },
      start.at.map(Math.log),
      { step: start.step },
    )
    evaluations += found.evaluations
    const parameters = found.at.map(Math.exp)
    const edge = parameters.some((one, place) => one < limits[place]![0] * 1.02 || one > limits[place]![1] / 1.02)
    if (edge) failed = 'at_limit'
    else if (found.converged && Number.isFinite(found.value))
      return { status: 'fitted', parameters, logLikelihood: -found.value, people, evaluations }
  }
  return { status: failed, people, evaluations }
}
