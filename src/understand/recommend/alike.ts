/** What tells products apart before anybody bought them. */
export type Traits = { id: number; category: string | null; brandId: number | null; price: number | null }

/**
 * How alike two products are by what is written of them: 0 to 0.5, less than what many took together says. Category counts most, then
 * brand; a price of half or double halves it.
 */
export function alikeness(one: Traits, other: Traits): number {
  const category = one.category !== null && one.category === other.category ? 0.3 : 0
  const brand = one.brandId !== null && one.brandId === other.brandId ? 0.2 : 0
  if (!one.price || !other.price) return category + brand
  return (category + brand) * 2 ** -Math.abs(Math.log2(one.price / other.price))
}

/**
 * The products most like some one, at most `most`, the nearest first. Reads those of its category and brand alone, which `shelves` hold.
 */
export function mostAlike(one: Traits, shelves: Shelves, most: number): { id: number; likeness: number }[] {
  const near = new Map<number, Traits>()
  for (const other of shelves.near(one)) if (other.id !== one.id) near.set(other.id, other)
  return [...near.values()]
    .map((other) => ({ id: other.id, likeness: alikeness(one, other) }))
    .filter(({ likeness }) => likeness >= 0.05)
    .sort((a, b) => b.likeness - a.likeness || a.id - b.id)
    .slice(0, most)
}

/** Products by category and by brand. */
export type Shelves = { near(one: Traits): Traits[] }

/** At most so many of a shelf are looked at: a shop that has one category for all would compare all with all. */
const mostOfShelf = 500

export function shelvesOf(products: Iterable<Traits>): Shelves {
  const categories = new Map<string, Traits[]>()
  const brands = new Map<number, Traits[]>()
  for (const product of products) {
    if (product.category !== null) shelf(categories, product.category).push(product)
    if (product.brandId !== null) shelf(brands, product.brandId).push(product)
  }
  return {
    near: ({ category, brandId }) => [
      ...(category === null ? [] : (categories.get(category) ?? []).slice(0, mostOfShelf)),
      ...(brandId === null ? [] : (brands.get(brandId) ?? []).slice(0, mostOfShelf)),
    ],
  }
}

function shelf<K>(shelves: Map<K, Traits[]>, key: K): Traits[] {
  const found = shelves.get(key) ?? []
  shelves.set(key, found)
  return found
}
