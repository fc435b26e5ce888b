import type { Bindings } from './bindings.ts'
import type { Lens } from './lens.ts'

/**
 * The rows that a question is asked of, one a customer, as a FROM part: the traits as they are stored, or, where the lens leaves
 * documents out, with purchases, revenue and days counted anew from the documents. Columns that nobody reads cost nothing.
 */
export function sourceOf(lens: Lens, bindings: Bindings): string {
  const there = thereIn(lens, bindings)
  if (!isNarrow(lens)) return there ? `(SELECT * FROM traits FINAL WHERE ${there})` : 'traits FINAL'
  const { bind } = bindings
  const seen = [
    ...(lens.until ? [`d <= ${bind(lens.until, 'Date')}`] : []),
    ...(lens.shopIds ? [`has(${bind(lens.shopIds, 'Array(UInt32)')}, s)`] : []),
  ].join(' AND ')
  const sale = `(d, s, k) -> k = 1 AND ${seen}, days, document_shops, sales`
  return `(
  SELECT customer_id, gender, country, province, city, has_phone, has_email, added, shops,
         days, arrayMap((d, s, k) -> toUInt8(k = 1 AND ${seen}), days, document_shops, sales) AS sales, document_shops,
         arrayMap((d, s, a) -> if(${seen}, a, 0), days, document_shops, amounts) AS amounts,
         toUInt32(arrayCount(${sale})) AS purchases,
         arraySum((d, s, a) -> if(${seen}, a, 0), days, document_shops, amounts) AS revenue,
         if(arrayExists(${sale}), arrayFirst(${sale}), NULL) AS first_purchase,
         if(arrayExists(${sale}), arrayLast(${sale}), NULL) AS last_purchase
    FROM traits FINAL${there ? `\n   WHERE ${there}` : ''})`
}

/** Whether documents are left out, so that what is stored of them does not hold. */
export function isNarrow(lens: Lens): boolean {
  return lens.until !== undefined || lens.shopIds !== undefined
}

function thereIn({ knownBy, shopIds }: Lens, { bind }: Bindings): string {
  const conditions: string[] = []
  if (knownBy) {
    const day = bind(knownBy, 'Date')
    conditions.push(`(added <= ${day} OR first_document <= ${day})`)
  }
  if (shopIds) conditions.push(`hasAny(shops, ${bind(shopIds, 'Array(UInt32)')})`)
  return conditions.join(' AND ')
}
