import type { Point } from './contract.ts'
import { parentOf, regions } from './region.ts'

/** The middle of a region, and whose it is: of a district whose own is not known its city's. None of provinces, which are too wide. */
export function centreOf(code: number): { point: Point; of: number } | undefined {
  const region = regions().get(code)
  if (!region) return undefined
  if (region.centre) return { point: region.centre, of: code }
  const parent = parentOf(code)
  return parent === undefined || code % 10_000 === 0 ? undefined : centreOf(parent)
}

const radius = 6371
const radians = Math.PI / 180

/** As the crow flies, on a sphere: half a per cent off at most. */
export function kilometresBetween(a: Point, b: Point): number {
  const north = Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2
  const east = Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2
  const along = north + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * east
  return 2 * radius * Math.asin(Math.sqrt(along))
}
