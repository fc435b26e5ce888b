import type { Condition } from './contract.ts'

/** The products that a question names. */
export function productsIn(tree: Condition): number[] {
  switch (tree.is) {
    case 'not':
      return productsIn(tree.of)
    case 'and':
    case 'or':
      return tree.of.flatMap(productsIn)
    case 'boughtProduct':
      return [tree.productId]
    case 'orders':
    case 'orderDay':
    case 'firstBought':
    case 'did':
    case 'reviewed':
    case 'parcel':
    case 'likely':
      return tree.productIds ?? []
    case 'sequence':
      return tree.steps.flatMap(({ productIds = [] }) => productIds)
    case 'path':
      return tree.steps.flatMap((one) => (one.in ?? one.out ?? []).flatMap(({ productId }) => productId ?? []))
    default:
      return []
  }
}
