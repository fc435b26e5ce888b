const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

const halfLogTau = 0.5 * Math.log(2 * Math.PI)

/** The logarithm of Γ(x) for x > 0, to 14 digits (Lanczos, g = 7). */
export function logGamma(x: number): number {
  // Below a half the series loses digits: Γ(x) = Γ(x + 1) / x.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const y = x - 1
  let sum: number = lanczos[0]
  for (let place = 1; place < lanczos.length; place += 1) sum += lanczos[place]! / (y + place)
  const t = y + 7.5
  return halfLogTau + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}
