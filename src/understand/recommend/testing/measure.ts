/** How well lists of products foretold what people took then, each the mean over the people. */
export type Measured = {
  /** Share of people of whose list at least one was taken. */
  hit: number
  precision: number
  recall: number
  /** Against the best list of any length: the ideal is over all that was taken, not the first so many. */
  ndcg: number
}

/**
 * Measures lists against what was taken.
 * @param people a list of products for each person, best first, and what that person took
 */
export function measured(
  people: Iterable<{ list: ArrayLike<number>; took: ReadonlySet<number> }>,
  most: number,
): Measured {
  const sum: Measured = { hit: 0, precision: 0, recall: 0, ndcg: 0 }
  let count = 0
  for (const { list, took } of people) {
    let hits = 0
    let gain = 0
    for (let place = 0; place < Math.min(most, list.length); place += 1) {
      if (!took.has(list[place]!)) continue
      hits += 1
      gain += 1 / Math.log2(place + 2)
    }
    let ideal = 0
    for (let place = 0; place < took.size; place += 1) ideal += 1 / Math.log2(place + 2)
    sum.hit += hits > 0 ? 1 : 0
    sum.precision += hits / most
    sum.recall += hits / took.size
    sum.ndcg += gain / ideal
    count += 1
  }
  return { hit: sum.hit / count, precision: sum.precision / count, recall: sum.recall / count, ndcg: sum.ndcg / count }
}
