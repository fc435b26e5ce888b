import { type Person, smallShops } from './small-shop.ts'

/** The centres that matter here; 330106 has none of its own. */
const centres: Record<number, readonly [number, number]> = {
  330100: [30.294, 120.161],
  330106: [30.294, 120.161],
  330109: [30.167, 120.259],
  310115: [31.24, 121.501],
}

/** Kilometres to a shop, through the chord of the globe. */
export function farFrom({ at, region }: Person): ((shop: number) => number) | null {
  const here = at ?? centres[region]
  if (!here) return null
  const onGlobe = ([latitude, longitude]: readonly [number, number]) => {
    const [b, l] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
    return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)] as const
  }
  const [x, y, z] = onGlobe(here)
  return (shop) => {
    const [a, b, c] = onGlobe(smallShops[shop - 1]!)
    return 2 * 6371 * Math.asin(Math.hypot(x - a, y - b, z - c) / 2)
  }
}
