import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerIdentifier, CustomerValue } from './contract.ts'
import type { SightKind } from './field.ts'
import { getCustomer } from './get-customer.ts'
import { sensitiveOwn } from './own-values.ts'
import { kindOf, levelOf } from './sight.ts'

/**
 * Shows one kind of one customer whole to who sees it masked and may ask. That somebody did is in the audit log before the answer
 * leaves.
 * @throws Refusal `customers.unknown`, `customers.not_revealed`
 */
export async function reveal(
  ctx: Context,
  { id, kind }: { id: number; kind: SightKind },
): Promise<{ values: CustomerValue[]; identifiers: CustomerIdentifier[] }> {
  const { actor } = ctx
  const { values, identifiers } = await getCustomer({ ...ctx, actor: { ...actor, sight: undefined } }, id)
  const level = levelOf(actor, kind)
  if (level !== 'full' && level !== 'reveal') throw new Refusal('forbidden', 'customers.not_revealed')
  const sensitive = await sensitiveOwn(
    ctx,
    values.map(({ field }) => field),
  )
  const told = {
    values: values.filter((one) => kindOf(one.field, sensitive) === kind),
    identifiers: identifiers.filter((one) => kindOf(one.kind) === kind),
  }
  note(ctx, { rows: told.values.length + told.identifiers.length, data: { kind } })
  return told
}
