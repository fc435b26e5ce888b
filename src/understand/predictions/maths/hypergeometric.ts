const most = 200_000

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) by its series, for 0 ≤ z < 1 and c that is neither zero nor a negative integer. It
 * takes about 36 / −log z terms; NaN where 200,000 are not enough (z above 0.9998), rather than a number that is not one.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < most; n += 1) {
    term *= ((a + n) / (c + n)) * ((b + n) / (n + 1)) * z
    sum += term
    // Terms may rise before they fall, so the next one, too, must be falling.
    if (
      Math.abs(term) <= 1e-15 * Math.abs(sum) &&
      Math.abs((a + n + 1) * (b + n + 1) * z) < Math.abs((c + n + 1) * (n + 2))
    )
      return sum
  }
  return Number.NaN
}
