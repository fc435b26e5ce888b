const z = 1.96

/** What was seen of one neighbourhood of a sample. */
export type Seen = { customers: number; matched: number }

/**
 * Between which numbers of all the true one lies, nineteen times out of twenty, by what was seen of some neighbourhoods, in order.
 * Neighbours may be alike (a file of one city, a week of one campaign): how much neighbourhoods in a row differ says how much so many people are
 * worth, and Wilson's interval over that many is honest also where few or none were found. Never less than what was seen.
 */
export function marginOf(seen: readonly Seen[], all: number): { least: number; most: number } {
  const looked = sum(seen.map(({ customers }) => customers))
  const found = sum(seen.map(({ matched }) => matched))
  if (looked === 0) return { least: 0, most: all }
  const share = found / looked
  const worth = looked / Math.max(1, alike(seen, share, looked))
  const spread = z ** 2 / worth
  const middle = (share + spread / 2) / (1 + spread)
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / worth + spread / (4 * worth))
  return {
    least: Math.max(found, Math.floor((middle - half) * all)),
    most: Math.min(all - (looked - found), Math.ceil((middle + half) * all)),
  }
}

/** How many times as far the share of neighbourhoods strays as that of people drawn one by one. */
function alike(seen: readonly Seen[], share: number, looked: number): number {
  const single = (share * (1 - share)) / looked
  if (single === 0 || seen.length < 2) return 1
  const strays = seen.map(({ customers, matched }) => matched - share * customers)
  const steps = sum(strays.slice(1).map((stray, at) => (stray - strays[at]!) ** 2))
  return (seen.length / (2 * (seen.length - 1))) * (steps / looked ** 2 / single)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
