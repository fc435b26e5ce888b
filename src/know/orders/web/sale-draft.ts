import type { ProductKind } from '#know/catalog/contract.ts'
import { fromMinor, type Minor } from '#platform/money.ts'
import { lineAmount, type NewOrder, sumOf } from '../contract.ts'

/** A line of a sale that is being recorded. The price is what stands on the label: of a discount, a positive number. */
export type DraftLine = {
  key: number
  productId?: number
  name: string
  kind: ProductKind
  quantity: number | undefined
  /** Minor units; null is not yet typed, undefined is no amount. */
  price: Minor | null | undefined
}

type Picked = { id: number; name: string | null; code: string; kind: ProductKind; price: Minor | null }

/** One more of a product: a second tap raises the quantity of its line. */
export function withProduct(lines: readonly DraftLine[], product: Picked): DraftLine[] {
  const known = lines.find((line) => line.productId === product.id)
  if (known) return withLine(lines, known.key, { quantity: (known.quantity ?? 0) + 1 })
  const { id: productId, kind, price } = product
  return [...lines, { key: nextKey(lines), productId, name: product.name ?? product.code, kind, quantity: 1, price }]
}

/** A line without a product: postage, a discount, a thing that the catalog does not know. */
export function withOther(lines: readonly DraftLine[], kind: ProductKind, name: string): DraftLine[] {
  return [...lines, { key: nextKey(lines), name, kind, quantity: 1, price: null }]
}

export function withLine(lines: readonly DraftLine[], key: number, change: Partial<DraftLine>): DraftLine[] {
  return lines.map((line) => (line.key === key ? { ...line, ...change } : line))
}

export function withoutLine(lines: readonly DraftLine[], key: number): DraftLine[] {
  return lines.filter((line) => line.key !== key)
}

/** The lines as the API takes them. @returns undefined while something is missing */
export function linesToSend(lines: readonly DraftLine[], currency: string): NewOrder['lines'] | undefined {
  const sent = lines.map(({ productId, name, kind, quantity, price }) =>
    quantity && typeof price === 'number' && name.trim()
      ? { productId, name: name.trim(), kind, quantity, unitPrice: unitPrice(kind, price, currency) }
      : undefined,
  )
  return sent.length > 0 && sent.every((line) => line !== undefined) ? sent : undefined
}

/** What a line comes to, by the same rule as the server's. @returns undefined while something is missing */
export function draftAmount({ kind, quantity, price }: DraftLine, currency: string): Minor | undefined {
  if (!quantity || typeof price !== 'number') return undefined
  return lineAmount(String(quantity), unitPrice(kind, price, currency), currency)
}

/** What the lines come to so far. */
export function draftTotal(lines: readonly DraftLine[], currency: string): Minor {
  return sumOf(lines.map((line) => ({ amount: draftAmount(line, currency) ?? 0 }))) ?? 0
}

function unitPrice(kind: ProductKind, price: Minor, currency: string): string {
  return fromMinor(kind === 'discount' ? -price || 0 : price, currency)
}

function nextKey(lines: readonly DraftLine[]): number {
  return Math.max(0, ...lines.map((line) => line.key)) + 1
}
