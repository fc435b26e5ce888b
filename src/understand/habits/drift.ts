import type { Habit, HabitValue } from './contract.ts'

/** What somebody did in a half year. Parts: [name, weight] of categories by money, of shops and parts of the day by purchases. */
export type Half = {
  purchases: number
  goods: [string, number][]
  shops: [string, number][]
  hours: [string, number][]
  /** Minor units of goods, and how many items. */
  amount: number
  items: number
  discounted: number
}

export type Found = { habit: Habit; before: HabitValue; after: HabitValue }

/** Fewer purchases in a half year are no habit. */
export const fewest = 4
/** This part of the whole must have gone elsewhere. */
const moved = 0.5
/** An item costs half as much again, or that much less. */
const times = 1.5
/** So many more, or fewer, of her purchases have a discount. */
const more = 0.5

/** What has drifted between two half years; nothing where one of them has too few purchases to be a habit. */
export function driftsOf(before: Half, after: Half): Found[] {
  if (before.purchases < fewest || after.purchases < fewest) return []
  const found: Found[] = []
  const mixes: [Habit, 'goods' | 'shops' | 'hours'][] = [
    ['goods', 'goods'],
    ['shop', 'shops'],
    ['hour', 'hours'],
  ]
  for (const [habit, of] of mixes) {
    const [was, is] = [before[of], after[of]]
    if (distance(was, is) < moved) continue
    const [top, now] = [most(was), most(is)]
    // The same thing first, though the rest changed: nothing one could say in a word.
    if (top && now && top.name !== now.name) found.push({ habit, before: top, after: now })
  }
  const [price, now] = [eachOf(before), eachOf(after)]
  if (price !== null && now !== null && (now >= price * times || now * times <= price)) {
    found.push({ habit: 'price', before: { name: null, value: price }, after: { name: null, value: now } })
  }
  const [used, uses] = [before.discounted / before.purchases, after.discounted / after.purchases]
  if (Math.abs(uses - used) >= more) {
    found.push({ habit: 'discount', before: { name: null, value: used }, after: { name: null, value: uses } })
  }
  return found
}

/** How much of one whole would have to move to make the other: 0 the same, 1 nothing in common. */
function distance(one: readonly [string, number][], other: readonly [string, number][]): number {
  const [a, b] = [shares(one), shares(other)]
  if (a.size === 0 || b.size === 0) return 0
  const names = new Set([...a.keys(), ...b.keys()])
  return [...names].reduce((sum, name) => sum + Math.abs((a.get(name) ?? 0) - (b.get(name) ?? 0)), 0) / 2
}

function shares(parts: readonly [string, number][]): Map<string, number> {
  const positive = parts.filter(([, weight]) => weight > 0)
  const whole = positive.reduce((sum, [, weight]) => sum + weight, 0)
  return new Map(positive.map(([name, weight]) => [name, weight / whole]))
}

function most(parts: readonly [string, number][]): { name: string; value: number } | undefined {
  const [first] = [...shares(parts)].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  return first && { name: first[0], value: first[1] }
}

function eachOf({ amount, items }: Half): number | null {
  return items > 0 && amount > 0 ? Math.round(amount / items) : null
}
