import type { Days, OfProducts } from '../contract.ts'
import { isDuring } from './naive-calendar.ts'
import type { SmallShop } from './small-shop.ts'

/** From where the naive evaluator looks: written again by the definition, knowing nothing of the columns. */
export type NaiveLens = {
  shop: SmallShop
  asOf: string
  shopIds?: number[]
  thresholds: { active: number; silent: number; sleeping: number }
  cuts: { groups: number; high: number; recency: string[]; frequency: number[]; monetary: number[] }
}

export const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
export const ago = (lens: NaiveLens, day: string) => dayNumber(lens.asOf) - dayNumber(day)

export function inWindow(day: string, { days, from, to, during }: Days, lens: NaiveLens): boolean {
  return (
    (!during || isDuring(day, during, lens.asOf)) &&
    (days === undefined || ago(lens, day) < days) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  )
}

export function isDescribed(id: number, { categories, brandIds }: OfProducts, { shop }: NaiveLens): boolean {
  const product = shop.products.find((one) => one.id === id)
  if (!product) return false
  return (
    (!categories || (product.category !== null && categories.includes(product.category))) &&
    (!brandIds || (product.brandId !== null && brandIds.includes(product.brandId)))
  )
}

export function isOf(productId: number | null, of: OfProducts, lens: NaiveLens): boolean {
  if (!of.productIds && !of.categories && !of.brandIds) return true
  if (productId === null) return false
  return (
    (!of.productIds || of.productIds.includes(productId)) &&
    ((!of.categories && !of.brandIds) || isDescribed(productId, of, lens))
  )
}
