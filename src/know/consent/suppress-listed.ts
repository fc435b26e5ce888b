import { normalIdentifier } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Purpose } from './consent.ts'
import { suppress } from './suppression.ts'

/**
 * Puts addresses of another system's list on ours. Phone numbers carry their country (+86…); what is no address is counted, not
 * refused, so that one bad line does not hold the rest.
 */
export function suppressListed(
  ctx: Context,
  wanted: {
    kind: 'email' | 'phone'
    addresses: readonly string[]
    purpose: Purpose | 'any'
    reason: 'complained' | 'bounced' | 'listed'
  },
): Promise<{ added: number; unusable: number }> {
  const { kind, addresses, purpose, reason } = wanted
  const usable = addresses.flatMap((raw) => {
    const normal = normalIdentifier(kind, raw, undefined)
    return normal ? [{ kind, scope: '', value: normal.value }] : []
  })
  return inTransaction(ctx, async (ctx) => ({
    added: await suppress(ctx, usable, { channel: 'any', purpose, reason }),
    unusable: addresses.length - usable.length,
  }))
}
