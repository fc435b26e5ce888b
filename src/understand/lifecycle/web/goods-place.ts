import type { Goods } from '../contract.ts'

/** The address where goods' thresholds are changed. */
export function placeOf(of: Goods): { to: string; search: Record<string, string> } {
  return {
    to: '/settings/lifecycle',
    search: 'category' in of ? { category: of.category } : { brand: String(of.brandId) },
  }
}

/** The goods that an address names; none: the shop. */
export function goodsAt({ category, brand }: { category: string; brand: string }): Goods | undefined {
  if (category) return { category }
  return /^\d{1,9}$/.test(brand) ? { brandId: Number(brand) } : undefined
}
