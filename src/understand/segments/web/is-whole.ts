import type { Condition } from '#understand/query/contract.ts'

/** A list in which nothing is chosen yet, or a field or a product that is not chosen, is no question. */
export function isWhole(of: Condition): boolean {
  if (of.is === 'not') return isWhole(of.of)
  if (of.is === 'and' || of.is === 'or') return of.of.every(isWhole)
  if (of.is === 'likely') return of.productIds.length > 0
  if (of.is === 'own' && of.fieldId === 0) return false
  if (of.is === 'boughtProduct' && of.productId === 0) return false
  return !('in' in of && of.in && of.in.length === 0)
}
