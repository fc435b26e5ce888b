/** Chance that can be told again: the same seed, the same run of numbers. */
export type Random = { below(limit: number): number; of<T>(items: readonly T[]): T }

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state are enough for choosing among faults. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, of: (items) => items[below(items.length)]! }
}
