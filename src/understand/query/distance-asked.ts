import { centreOf, kilometresBetween, type Point, regionCodes } from '#know/regions/index.ts'
import type { DistanceCondition, NearestCondition } from './distance-conditions.ts'
import type { Yardstick } from './yardstick.ts'

/** Where a shop stands; one that is archived is asked for by name alone. */
export type Position = Point & { id: number; archived: boolean }

/** Kilometres to the nearest of some points; or that one of them is as near as any of the others. */
export type DistanceAsked = {
  points: Point[]
  from?: number
  to?: number
  others?: Point[]
  /** Whether it may be told by where exactly somebody is: who is not shown addresses could find one by asking from several shops. */
  exact: boolean
}

/** What is asked of the shops that have a position; none where none has. */
export function distanceAsked(
  tree: DistanceCondition | NearestCondition,
  { positions = [], exact = false }: Yardstick,
): DistanceAsked | undefined {
  const own = positions.filter(({ archived }) => !archived)
  if (tree.is === 'nearest') {
    if (own.length === 0) return undefined
    return { points: own.filter(({ id }) => tree.in.includes(id)), others: own, exact }
  }
  const { to, atLeast, atMost } = tree
  const points = to ? positions.filter(({ id }) => to.includes(id)) : own
  return points.length === 0 ? undefined : { points, from: atLeast, to: atMost, exact }
}

/** Kilometres from a point to the nearest of some. */
export function nearestOf(points: readonly Point[], from: Point): number {
  return Math.min(...points.map((point) => kilometresBetween(from, point)))
}

/** The regions from whose centre it holds. */
export function regionsWhere(asked: DistanceAsked): number[] {
  return regionCodes().filter((code) => {
    const centre = centreOf(code)
    return centre !== undefined && holds(asked, centre.point)
  })
}

function holds({ points, from = 0, to = Number.POSITIVE_INFINITY, others }: DistanceAsked, at: Point): boolean {
  const distance = nearestOf(points, at)
  return others ? distance <= nearestOf(others, at) && points.length > 0 : distance >= from && distance <= to
}

/** Those that have no centre: provinces. */
export function regionsWithout(): number[] {
  return regionCodes().filter((code) => centreOf(code) === undefined)
}
