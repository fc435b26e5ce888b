import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage, PersonInput } from './contract.ts'
import { customersAdded } from './facts.ts'
import { refuseDuplicates } from './find-duplicates.ts'
import { getCustomer } from './get-customer.ts'
import { refuseMasked } from './mask.ts'
import { refresh } from './refresh.ts'
import { allGiven, sayIdentifiers } from './say-identifiers.ts'
import { isUnborn, sayValues } from './say-values.ts'
import { folded } from './search-key.ts'
import { staffProfile } from './staff-profile.ts'

/** Whom somebody adds who sees only customers of some is that person's own. */
function ownerOf({ actor }: Context): number | null {
  return actor.scope.kind === 'owners' ? (actor.id ?? null) : null
}

/**
 * Adds a customer by hand: somebody with a name, or at least a phone, an e-mail or a member number.
 * @param input.anyway adds although somebody is probably the same person
 * @throws Refusal `customers.nobody`, `customers.duplicate`, `customers.member_taken`, `customers.not_born`, `customers.masked_value`, and as `given`
 */
export async function addCustomer(ctx: Context, input: PersonInput & { anyway?: boolean }): Promise<CustomerPage> {
  const { values, anyway = false } = input
  refuseMasked(input)
  if (isUnborn(ctx, values)) throw new Refusal('invalid', 'customers.not_born')
  const identifiers = await allGiven(ctx, input)
  if (!values.name && identifiers.length === 0) throw new Refusal('invalid', 'customers.nobody')

  return inTransaction(ctx, async (ctx) => {
    // Two clerks adding the same person at once: the second waits here, then sees the first's. Sorted, so they cannot
    // wait for each other.
    const keys = identifiers.map((one) => `customers.${one.kind}:${one.value}`)
    if (values.name) keys.push(`customers.name:${folded(values.name)}`)
    for (const key of keys.sort()) await lockFor(ctx, key)
    await refuseDuplicates(ctx, { values, identifiers }, anyway)

    const { rows } = await sql<{ id: number }>`
      insert into customers (created_at, owner_id) values (${ctx.clock.now()}, ${ownerOf(ctx)}) returning id`.execute(
      ctx.db,
    )
    const { id } = rows[0]!
    const profileId = await staffProfile(ctx, id)
    const fields = await sayValues(ctx, profileId, values)
    const added = await sayIdentifiers(ctx, profileId, identifiers)
    await refresh(ctx, [id])
    await announce(ctx, customersAdded, {
      profileId,
      subjectId: id,
      data: { fields: [...fields, ...new Set(added.map((one) => one.kind))] },
    })
    return getCustomer(ctx, id)
  })
}
