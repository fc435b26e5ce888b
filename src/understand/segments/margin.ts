const z = 1.96

/**
 * Between which numbers of all the true one lies, nineteen times out of twenty, where `found` of `looked` at fulfil something
 * (Wilson's interval: honest also where few or none were found). What was seen is there: never less than that.
 */
export function marginOf(found: number, looked: number, all: number): { least: number; most: number } {
  if (looked === 0) return { least: 0, most: all }
  const share = found / looked
  const spread = z ** 2 / looked
  const middle = (share + spread / 2) / (1 + spread)
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / looked + spread / (4 * looked))
  return {
    least: Math.max(found, Math.floor((middle - half) * all)),
    most: Math.min(all - (looked - found), Math.ceil((middle + half) * all)),
  }
}
