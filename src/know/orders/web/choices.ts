import type { OrderKind, OrderStatus, OrderStepName } from '../contract.ts'

// Lists of their own, complete by type: the contract's shapes need not come to the browser for them.
const kinds: Record<OrderKind, true> = { sale: true, cancellation: true, adjustment: true }
const statuses: Record<OrderStatus, true> = { open: true, completed: true, void: true }
const steps: Record<OrderStepName, true> = { shipped: true, delivered: true, received: true, returned: true }

export const orderKinds = Object.keys(kinds) as OrderKind[]
export const orderStatuses = Object.keys(statuses) as OrderStatus[]
export const orderStepNames = Object.keys(steps) as OrderStepName[]
