import { sql } from 'kysely'
import { customersByIds, lockCustomer, seenProfiles, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { inverse, type Relation, type RelationKind } from './contract.ts'
import { relationRemoved, relationSaid } from './facts.ts'
import { alike, relationsOf, suggestedFor } from './relation.ts'

/** What is said of a customer, and whom a shared phone or address suggests. @throws Refusal `customers.unknown` */
export async function listRelations(ctx: Context, id: number) {
  const [items, suggested] = await Promise.all([
    relationsOf(ctx, id),
    seenProfiles(ctx, id).then((profileIds) => suggestedFor(ctx, profileIds)),
  ])
  const related = new Set(items.map(({ customer }) => customer.id))
  const left = suggested.filter(({ customerId }) => !related.has(customerId))
  const people = await customersByIds(
    ctx,
    left.map(({ customerId }) => customerId),
  )
  return {
    items,
    suggested: people.map((customer) => ({ customer, by: left.find((one) => one.customerId === customer.id)!.by })),
  }
}

/**
 * Says what another customer is to this one, on the profiles that staff keep of both: a merge and its undo leave it with whom it was
 * said of. Said again, its note is the new one.
 * @throws Refusal `customers.unknown`, `relations.oneself`
 */
export function addRelation(
  ctx: Context,
  { id, otherId, kind, note }: { id: number; otherId: number; kind: RelationKind; note?: string },
): Promise<Relation> {
  if (id === otherId) throw new Refusal('invalid', 'relations.oneself')
  return inTransaction(ctx, async (ctx) => {
    // In one order, so that two who say it of each other at once do not wait for each other.
    const [first, second] = id < otherId ? [id, otherId] : [otherId, id]
    await lockCustomer(ctx, first)
    await lockCustomer(ctx, second)
    const [own, other] = [await staffProfile(ctx, id), await staffProfile(ctx, otherId)]
    // `referred` is the referrer's row, and a parent's row is not also the child's.
    const turned = kind === 'referred' || (kind === inverse[kind] ? other < own : kind === 'child')
    const [profileId, otherProfileId, written] = turned ? [other, own, inverse[kind]] : [own, other, kind]
    const { rows } = await sql<{ id: number; isNew: boolean }>`
      insert into relations (profile_id, other_profile_id, kind, note, at, actor)
      values (${profileId}, ${otherProfileId}, ${written}, ${note ?? null}, ${ctx.clock.now()}, ${ctx.actor.label})
          on conflict (profile_id, other_profile_id, kind) do update set note = excluded.note
      returning id, xmax = 0 as is_new`.execute(ctx.db)
    if (rows[0]!.isNew) {
      await announceAll(ctx, relationSaid, [
        { profileId: own, subjectId: otherId, data: { relation: kind } },
        { profileId: other, subjectId: id, data: { relation: inverse[kind] } },
      ])
    }
    const relations = await relationsOf(ctx, id)
    return relations.find((one) => one.customer.id === otherId && one.kind === kind)!
  })
}

/** Takes a relation away, whoever of both it is asked of. @throws Refusal `customers.unknown`, `relations.unknown` */
export function removeRelation(ctx: Context, { id, relationId }: { id: number; relationId: number }): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const own = await seenProfiles(ctx, id)
    const rows = await alike(ctx, own, relationId)
    const [row] = rows
    if (!row) throw new Refusal('not_found', 'relations.unknown')
    await sql`delete from relations where id = any(${rows.map((one) => one.id)}::bigint[])`.execute(ctx.db)
    const isOwn = own.includes(Number(row.profileId))
    const kind = isOwn ? row.kind : inverse[row.kind]
    const [mine, theirs] = isOwn ? [row.profileId, row.otherProfileId] : [row.otherProfileId, row.profileId]
    await announceAll(ctx, relationRemoved, [
      { profileId: mine, subjectId: row.otherId, data: { relation: kind } },
      { profileId: theirs, subjectId: id, data: { relation: inverse[kind] } },
    ])
  })
}
