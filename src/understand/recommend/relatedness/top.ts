/**
 * The places of the `most` highest values among some, the highest first; of equal values the lower place comes first, so that the same
 * input gives the same list everywhere.
 */
export function topOf(places: Int32Array, values: Float64Array, most: number): Int32Array {
  return highest(places, values, most).sort((one, other) => values[other]! - values[one]! || one - other)
}

/** The same places in no order: what comes first is chosen without comparing all with all. */
export function highest(places: Int32Array, values: Float64Array, most: number): Int32Array {
  if (places.length <= most) return places.slice()
  if (most <= 0) return new Int32Array(0)
  const edge = nthHighest(
    Float64Array.from(places, (place) => values[place]!),
    most,
  )
  const above = places.filter((place) => values[place]! > edge)
  const level = places.filter((place) => values[place] === edge).sort()
  const result = new Int32Array(most)
  result.set(above)
  result.set(level.subarray(0, most - above.length), above.length)
  return result
}

/** Quickselect; reorders the values. */
function nthHighest(values: Float64Array, nth: number): number {
  let from = 0
  let to = values.length - 1
  const wanted = nth - 1
  while (from < to) {
    const middle = values[(from + to) >> 1]!
    let left = from
    let right = to
    while (left <= right) {
      while (values[left]! > middle) left += 1
      while (values[right]! < middle) right -= 1
      if (left <= right) {
        const kept = values[left]!
        values[left] = values[right]!
        values[right] = kept
        left += 1
        right -= 1
      }
    }
    if (wanted <= right) to = right
    else if (wanted >= left) from = left
    else break
  }
  return values[wanted]!
}
