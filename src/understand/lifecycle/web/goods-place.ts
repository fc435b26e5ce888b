import type { Goods } from '../contract.ts'

/** The address where goods' thresholds are changed. */
export function placeOf(of: Goods): { to: string; search: Record<string, string> } {
  return {
    to: '/settings/lifecycle',
    search:
      'category' in of
        ? { category: of.category }
        : 'brandId' in of
          ? { brand: String(of.brandId) }
          : { tag: String(of.tagId) },
  }
}

/** The goods that an address names; none: the shop. */
export function goodsAt({ category, brand, tag }: { category: string; brand: string; tag: string }): Goods | undefined {
  if (category) return { category }
  if (isId(brand)) return { brandId: Number(brand) }
  return isId(tag) ? { tagId: Number(tag) } : undefined
}

const isId = (text: string) => /^\d{1,9}$/.test(text)
