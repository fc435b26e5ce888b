/** Fewer who have lived through a month tell nothing of it. */
const fewest = 10

/**
 * What a buyer brought, added up by month since the first purchase, each month the mean of those who have lived through it; and the month
 * (from 1) in which the margin of that pays what winning one cost. Null: not within what is known, or cost or margin is not.
 */
export function paidIn(
  months: readonly [month: number, revenue: number, lived: number][],
  { each, margin }: { each: number | null; margin: number | null },
): { brought: number[]; month: number | null } {
  const brought: number[] = []
  let sum = 0
  for (const [at, [month, revenue, lived]] of [...months].sort((a, b) => a[0] - b[0]).entries()) {
    if (month !== at || lived < fewest) break
    sum += revenue / lived
    brought.push(Math.round(sum))
  }
  if (each === null || margin === null) return { brought, month: null }
  const paid = brought.findIndex((revenue) => (revenue * margin) / 100 >= each)
  return { brought, month: paid < 0 ? null : paid + 1 }
}

/**
 * The most that winning a silent customer back may cost, minor units. What a return would bring in a year is what is expected of her in
 * it, divided by the chance that she comes at all (all that is expected comes in the years in which she does); its margin is what can be
 * earned. The part of it that would come without any effort cannot be: she comes by herself with that chance.
 *
 *   ceiling = margin × (value365 ÷ again365) × (1 − again365)
 *
 * It is what an effort is worth that surely brings her back: one that brings back one in ten is worth a tenth of it.
 */
export function winBackCeiling(
  { value365, again365 }: { value365: number | null; again365: number | null },
  margin: number | null,
): number | null {
  if (margin === null || value365 === null || again365 === null || again365 <= 0) return null
  return Math.max(0, Math.round((margin / 100) * (value365 / again365) * (1 - again365)))
}
