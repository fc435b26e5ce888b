import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage, PersonInput } from './contract.ts'
import { customersAdded } from './facts.ts'
import { refuseDuplicates } from './find-duplicates.ts'
import { getCustomer } from './get-customer.ts'
import { lockIdentifiers } from './identity-lock.ts'
import { refuseMasked } from './mask.ts'
import { checkedOwn } from './own-values.ts'
import { refresh } from './refresh.ts'
import { allGiven, sayIdentifiers, shareGiven } from './say-identifiers.ts'
import { isUnborn, sayValues } from './say-values.ts'
import { folded } from './search-key.ts'
import { staffProfile } from './staff-profile.ts'

/** Whom somebody adds who sees only customers of some is that person's own. */
function ownerOf({ actor }: Context): number | null {
  return actor.scope.kind === 'owners' ? (actor.id ?? null) : null
}

/**
 * Adds a customer by hand: somebody with a name, or at least a phone, an e-mail or a member number.
 * @param input.anyway adds although somebody is probably the same person; a phone or an address of both is of several people then
 * @throws Refusal `customers.nobody`, `customers.duplicate`, `customers.member_taken`, `customers.not_born`, `customers.masked_value`, and as `given`
 */
export async function addCustomer(ctx: Context, input: PersonInput & { anyway?: boolean }): Promise<CustomerPage> {
  const { values, anyway = false } = input
  refuseMasked(input)
  if (isUnborn(ctx, values)) throw new Refusal('invalid', 'customers.not_born')
  const identifiers = await allGiven(ctx, input)
  if (!values.name && identifiers.length === 0) throw new Refusal('invalid', 'customers.nobody')

  return inTransaction(ctx, async (ctx) => {
    // Two clerks adding the same person at once, or a shop's system: the second waits here, then sees the first's.
    await lockIdentifiers(ctx, identifiers)
    if (values.name) await lockFor(ctx, `customers.name:${folded(values.name)}`)
    await refuseDuplicates(ctx, { values, identifiers }, anyway)

    const { rows } = await sql<{ id: number }>`
      insert into customers (created_at, owner_id) values (${ctx.clock.now()}, ${ownerOf(ctx)}) returning id`.execute(
      ctx.db,
    )
    const { id } = rows[0]!
    const profileId = await staffProfile(ctx, id)
    const fields = await sayValues(ctx, profileId, await checkedOwn(ctx, values))
    const added = await sayIdentifiers(ctx, profileId, identifiers)
    if (anyway) await shareGiven(ctx, profileId, identifiers)
    await refresh(ctx, [id])
    await announce(ctx, customersAdded, {
      profileId,
      subjectId: id,
      data: { fields: [...fields, ...new Set(added.map((one) => one.kind))] },
    })
    return getCustomer(ctx, id)
  })
}
