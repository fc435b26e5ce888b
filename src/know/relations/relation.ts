import { type RawBuilder, sql } from 'kysely'
import { actorNames, customersByIds, seenProfiles, shownField, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { householdKinds, inverse, type Relation, type RelationKind } from './contract.ts'

type Record = {
  id: number
  profileId: number
  otherProfileId: number
  kind: RelationKind
  otherId: number
  note: string | null
  at: Date
  actor: string
}

/**
 * Relations of some profiles of one person, from the person's side: the other customer is `other_id`. Who is the same person after a
 * merge is nobody's relation; whom the actor does not see is left out.
 */
function seenFrom(ctx: Context, profileIds: readonly number[]): RawBuilder<Record> {
  const ids = sql`${[...profileIds]}::bigint[]`
  return sql<Record>`
    select r.id, r.profile_id, r.other_profile_id, r.kind, customers.id as other_id, r.note, r.at, r.actor
      from (select id, profile_id, other_profile_id, kind, note, at, actor, other_profile_id as there from relations where profile_id = any(${ids})
            union all
            select id, profile_id, other_profile_id, kind, note, at, actor, profile_id as there from relations where other_profile_id = any(${ids})) as r
      join profile_customers map on map.profile_id = r.there join customers on customers.id = map.customer_id
     where r.there <> all(${ids}) and ${visibleCustomers(ctx)}
     order by r.at, r.id`
}

/** Each person once in each kind, the one said first. */
async function relationsBy(ctx: Context, profileIds: readonly number[]): Promise<Record[]> {
  const { rows } = await seenFrom(ctx, profileIds).execute(ctx.db)
  const own = new Set(profileIds)
  const found = new Map<string, Record>()
  for (const row of rows) {
    const kind = own.has(Number(row.profileId)) ? row.kind : inverse[row.kind]
    const key = `${row.otherId} ${kind}`
    if (!found.has(key)) found.set(key, { ...row, kind })
  }
  return [...found.values()]
}

/** Who belongs to a customer. @throws Refusal `customers.unknown` */
export async function relationsOf(ctx: Context, id: number): Promise<Relation[]> {
  const records = await relationsBy(ctx, await seenProfiles(ctx, id))
  if (records.length === 0) return []
  const people = new Map(
    (
      await customersByIds(
        ctx,
        records.map(({ otherId }) => otherId),
      )
    ).map((one) => [one.id, one]),
  )
  const names = await actorNames(
    ctx,
    records.map(({ actor }) => actor),
  )
  return records.flatMap(({ id, kind, otherId, note, at, actor }) => {
    const customer = people.get(otherId)
    if (!customer) return []
    return {
      ...{ id, kind, customer, note: shownField(ctx.actor, 'notes', note) },
      ...{ at: at.toISOString(), actorName: names.get(actor) ?? null },
    }
  })
}

/** The rows that say of two people what this one does, of all their profiles. */
export async function alike(ctx: Context, profileIds: readonly number[], relationId: number): Promise<Record[]> {
  const { rows } = await seenFrom(ctx, profileIds).execute(ctx.db)
  const own = new Set(profileIds)
  const view = (row: Record) => `${row.otherId} ${own.has(Number(row.profileId)) ? row.kind : inverse[row.kind]}`
  const asked = rows.find((row) => row.id === relationId)
  return asked ? rows.filter((row) => view(row) === view(asked)) : []
}

/** Who shares a home with a customer, as far as it was said of the customer directly. @throws Refusal `customers.unknown` */
export async function householdOf(ctx: Context, id: number): Promise<Relation[]> {
  const relations = await relationsOf(ctx, id)
  return relations.filter(({ kind }) => (householdKinds as readonly string[]).includes(kind))
}

export type Suggested = { customerId: number; by: 'phone' | 'email' }

/** Who has an identifier in common that is marked as of several people: at most 5, whom the actor sees. */
export async function suggestedFor(ctx: Context, profileIds: readonly number[]): Promise<Suggested[]> {
  const ids = sql`${[...profileIds]}::bigint[]`
  const { rows } = await sql<Suggested>`
    select distinct on (customers.id) customers.id as customer_id, own.kind as by
      from identifiers own
      join identifiers theirs on theirs.kind = own.kind and theirs.value = own.value and theirs.scope = own.scope
      join profile_customers map on map.profile_id = theirs.profile_id join customers on customers.id = map.customer_id
     where own.profile_id = any(${ids}) and own.shared and own.kind in ('phone', 'email') and theirs.profile_id <> all(${ids})
       and ${visibleCustomers(ctx)}
     order by customers.id limit 5`.execute(ctx.db)
  return rows
}
