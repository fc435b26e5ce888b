import { unknownTo } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Proposal, Reason } from './contract.ts'

const kinds: Record<string, string> = {
  phone: 'phone',
  email: 'email',
  birth: 'birthday',
  number: 'address',
  street: 'address',
  quarter: 'address',
  address: 'address',
  postcode: 'address',
  district: 'address',
}

/** Why, without what the actor may not know of at all. Of what is masked, only how alike it is. */
export function shownReasons({ actor }: Context, reasons: readonly Reason[]): Reason[] {
  const hidden = new Set<string>(unknownTo(actor))
  return reasons.filter(({ field }) => !hidden.has(kinds[field] ?? ''))
}

/** The same of what was proposed. */
export function shownProposals({ actor }: Context, proposals: readonly Proposal[]): Proposal[] {
  const hidden = new Set<string>(unknownTo(actor))
  return proposals.filter(({ kind }) => !hidden.has(kind))
}
