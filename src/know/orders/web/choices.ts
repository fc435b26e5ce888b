import type { OrderKind, OrderStatus } from '../contract.ts'

// Lists of their own, complete by type: the contract's shapes need not come to the browser for them.
const kinds: Record<OrderKind, true> = { sale: true, cancellation: true, adjustment: true }
const statuses: Record<OrderStatus, true> = { open: true, completed: true, void: true }

export const orderKinds = Object.keys(kinds) as OrderKind[]
export const orderStatuses = Object.keys(statuses) as OrderStatus[]
