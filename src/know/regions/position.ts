import type { Point } from './contract.ts'

/** `30.2741, 120.1551`: latitude, then longitude, WGS-84; undefined where a text is not that. */
export function positionIn(text: string): Point | undefined {
  const [, latitude, longitude] =
    /^\s*(-?\d{1,2}(?:\.\d{1,12})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*$/.exec(text) ?? []
  const point = { latitude: Number(latitude), longitude: Number(longitude) }
  return Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 ? point : undefined
}
