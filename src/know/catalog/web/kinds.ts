import type { ProductKind } from '../contract.ts'

// A list of its own, complete by type: the contract's shapes need not come to the browser for it.
const kinds: Record<ProductKind, true> = {
  goods: true,
  postage: true,
  fee: true,
  discount: true,
  adjustment: true,
  gift_card: true,
  sample: true,
}

export const productKinds = Object.keys(kinds) as ProductKind[]
