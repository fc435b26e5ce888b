import type { Thresholds } from '../limits.ts'

/** Silences of one length in days: those that a purchase ended, and those that last; `weight`: each buyer's together weigh one. */
export type GapRow = { days: number; ended: number; endedWeight: number; lasting: number; lastingWeight: number }

export type Curve = { days: number; share: number; watched: number }[]

/** Fewer silences that lasted so long say nothing any more. */
const fewestWatched = 10
const quantileShares = [0.5, 0.75, 0.9, 0.97] as const

/**
 * The share of buyers who were back within so many days, day by day (Kaplan and Meier, 1958): of all silences that lasted up to a day, the
 * part that ended on it. Silences that still last count until today and no longer. Rows in any order; equal days are one row.
 */
export function curveOf(rows: readonly GapRow[]): Curve {
  const rising = [...rows].sort((a, b) => a.days - b.days)
  let watched = rising.reduce((sum, row) => sum + row.ended + row.lasting, 0)
  let weight = rising.reduce((sum, row) => sum + row.endedWeight + row.lastingWeight, 0)
  let away = 1
  const curve: Curve = []
  for (const row of rising) {
    if (watched < fewestWatched) break
    if (row.ended > 0) {
      away *= Math.max(0, 1 - row.endedWeight / weight)
      curve.push({ days: row.days, share: 1 - away, watched })
    }
    watched -= row.ended + row.lasting
    weight -= row.endedWeight + row.lastingWeight
  }
  return curve
}

/** Within how many days so many of those who come back at all, as far as the curve goes, have come. */
export function quantilesOf(curve: Curve): { share: number; days: number }[] | null {
  const end = curve.at(-1)
  if (!end || end.share <= 0) return null
  return quantileShares.map((share) => ({
    share,
    // A little is left for what adding up loses.
    days: curve.find((point) => point.share >= end.share * share - 1e-9)!.days,
  }))
}

/** The thresholds that a curve suggests: see `gapCurve` in goods-contract.ts. */
export function suggestionOf(curve: Curve, { gaps, comers }: { gaps: number; comers: number }): Thresholds | null {
  const quantiles = quantilesOf(curve)
  if (!quantiles || gaps < 30 || comers < 20) return null
  const [, most, nearly, last] = quantiles.map(({ days }) => days)
  // The day after: on the day itself they still come.
  const active = Math.min(most! + 1, 3648)
  const silent = Math.min(Math.max(nearly! + 1, active + 1), 3649)
  return { active, silent, sleeping: Math.min(Math.max(last! + 1, silent + 1), 3650) }
}

/** What a curve says at even steps of days, from none to its end, for a drawing: at most so many. */
export function evenly(curve: Curve, most = 80): Curve {
  const end = curve.at(-1)
  if (!end) return []
  const step = Math.max(1, Math.ceil(end.days / most))
  const points: Curve = []
  let at = 0
  let share = 0
  for (let days = 0; days < end.days + step; days += step) {
    while (at < curve.length && curve[at]!.days <= days) share = curve[at++]!.share
    points.push({ days, share, watched: curve[Math.min(at, curve.length - 1)]!.watched })
  }
  return points
}
