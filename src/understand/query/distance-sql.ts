import type { Point } from '#know/regions/index.ts'
import type { Bindings } from './bindings.ts'
import { type DistanceAsked, regionsWhere, regionsWithout } from './distance-asked.ts'
import { rangeSql } from './range-sql.ts'

/**
 * Whether people are so near, over a source. Of whom only the region is known it is worked out beforehand from which centres it holds, so that
 * a row costs a look into a set.
 */
export function distanceSql(asked: DistanceAsked, bindings: Bindings): string {
  const { bindOnce, bind } = bindings
  const without = bindOnce('regions without a centre', () => [0, 100_000, ...regionsWithout()], 'Array(UInt32)')
  const near = bind(regionsWhere(asked), 'Array(UInt32)')
  const byRegion = `region >= 1000000 OR region IN ${without}, NULL, region IN ${near}, 1, 0`
  return asked.exact ? `multiIf(isNotNull(latitude), ${exactly(asked, bindings)}, ${byRegion})` : `multiIf(${byRegion})`
}

function exactly({ points, others, from, to }: DistanceAsked, bindings: Bindings): string {
  if (points.length === 0) return '0'
  const distance = kilometresTo(points, bindings)
  if (others) return `${distance} <= ${kilometresTo(others, bindings)}`
  return rangeSql(distance, { from, to }, (value) => bindings.bind(value, 'Float64'))
}

function kilometresTo(points: readonly Point[], { bind }: Bindings): string {
  const each = points.map(
    ({ latitude, longitude }) =>
      `greatCircleDistance(assumeNotNull(longitude), assumeNotNull(latitude), ${bind(longitude, 'Float64')}, ${bind(latitude, 'Float64')}) / 1000`,
  )
  return each.length === 1 ? each[0]! : `least(${each.join(', ')})`
}
