import type { BrandCode } from './houses.ts'
import { teas } from './tea.ts'
import { wares } from './ware.ts'

/** What somebody likes to drink, and where a product belongs in that. */
export const tastes = ['green', 'rock', 'oolong', 'puer', 'white', 'black', 'jasmine'] as const
export type Taste = (typeof tastes)[number]

/** How a product is used in a basket: tea for the pot, a present, a thing for the tea table, or sampled. */
export type Use = 'tea' | 'gift' | 'ware' | 'sample'

export type Good = {
  code: string
  name: string
  category: string
  brand: BrandCode
  use: Use
  taste?: Taste
  /** Minor units. Prices stay: what changes by the year is another picking, which is another product. */
  price: number
  cost: number
  stock: number
  kind: 'goods' | 'sample'
  /** 1 for the everyday, 2 for the good, 3 for the rare. */
  tier: 1 | 2 | 3
  /** How much it is liked among its like. */
  appeal: number
  /** First and last day on which it is sold, as MM-DD of its year; all year where absent. */
  year?: number
  from?: string
  /** Only at the counter: sold by weight. */
  loose?: boolean
  attributes: Record<string, string>
}

/** A line of the price list: code, name, category, price and cost in yuan, tier, appeal, what it says of itself. */
export type Entry = readonly [
  code: string,
  name: string,
  category: string,
  price: number,
  cost: number,
  tier: 1 | 2 | 3,
  appeal: number,
  attributes: Record<string, string>,
]

/** All that is sold from one year's spring to another's: teas of a picking come anew each year. */
export function goodsOf(years: readonly number[]): Good[] {
  return [...teas(years), ...wares()]
}
