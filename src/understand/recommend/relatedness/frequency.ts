/** What somebody took, in the order of time: one list of products for each occasion. */
export type Baskets = readonly (readonly number[])[]

/** Of equal frequency first: what was first taken earlier (as the published tables have it), or what more people take. */
export type Tie = 'earliest' | 'most sold'

/**
 * GP-TopFreq: what a person takes most often, then what everybody does. The plainest answer to "what next", and hard to beat where
 * shopping is a habit.
 * @param sold how often each product was taken by anybody
 * @param popular products by that, the most first: fills up what a person's own do not
 */
export function mostOften(
  baskets: Baskets,
  { sold, popular, most, tie }: { sold: ArrayLike<number>; popular: ArrayLike<number>; most: number; tie: Tie },
): number[] {
  const times = new Map<number, number>()
  for (const basket of baskets) for (const product of basket) times.set(product, (times.get(product) ?? 0) + 1)
  // Entries stand in the order in which they first came, and the sort keeps it.
  const own = [...times]
    .sort(
      ([one, oneTimes], [other, otherTimes]) =>
        otherTimes - oneTimes || (tie === 'most sold' ? sold[other]! - sold[one]! : 0),
    )
    .slice(0, most)
    .map(([product]) => product)
  for (let at = 0; own.length < most && at < popular.length; at += 1) {
    if (!times.has(popular[at]!)) own.push(popular[at]!)
  }
  return own
}
