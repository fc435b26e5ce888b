import { ancestorsOf, countryCode, spanOf } from '#know/regions/index.ts'
import type { Bindings } from './bindings.ts'
import type { RegionCondition } from './region-condition.ts'

/** Whether people are in one of some regions, over a source: codes nest by their digits, so a region is one range. */
export function regionSql(places: RegionCondition['in'], { bind }: Bindings): string {
  const code = (value: number) => bind(value, 'UInt32')
  const whole = places.flatMap((place) =>
    typeof place === 'number' ? [place] : place.length === 2 ? [countryCode(place)] : [],
  )
  const parts: string[] = []
  if (whole.length > 0) {
    const inside = whole.map((one) => {
      const [from, to] = spanOf(one)
      return from === to ? `region = ${code(from)}` : `region BETWEEN ${code(from)} AND ${code(to)}`
    })
    // Who is known to be in Zhejiang may be in Hangzhou.
    const wider = [...new Set([0, ...whole.flatMap(ancestorsOf)])]
    parts.push(`multiIf(${inside.join(' OR ')}, 1, has(${bind(wider, 'Array(UInt32)')}, region), NULL, 0)`)
  }
  for (const place of places) {
    if (typeof place === 'number' || place.length === 2) continue
    const country = code(countryCode(place.slice(0, 2)))
    parts.push(`multiIf(region = ${country}, province = ${bind(place.slice(3), 'String')}, region = 0, NULL, 0)`)
  }
  return `(${parts.join(' OR ')})`
}
