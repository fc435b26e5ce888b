import { unknownTo } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Reason } from './contract.ts'

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
