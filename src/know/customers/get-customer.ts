import { sql } from 'kysely'
import { regionPath } from '#know/regions/index.ts'
import type { Context } from '#platform/context.ts'
import { actorNames } from './actor-names.ts'
import type { CustomerIdentifier, CustomerPage, CustomerValue, Source } from './contract.ts'
import { type CustomerRecord, customerColumns, shown, survivorOf, unknownCustomer } from './customer.ts'
import { sensitiveOwn } from './own-values.ts'
import { rankOf } from './refresh.ts'
import { visibleCustomers } from './scope.ts'
import { shownIdentifiers, shownNumber, shownValues } from './sight.ts'

/** An answer of the database: instants still dates, the sources named by profile. */
type Said<T> = Omit<T, 'source' | 'actorName' | 'at' | 'chosen'> & { at: Date }
type Profile = { id: number; externalId: string; createdAt: Date; source: Source }

/**
 * All that is said of a customer, or of whom an old id was merged into (the answer's id says so), the shown value of each field first, with the reason why it is shown. Four reads, whatever
 * the number of profiles.
 * @throws Refusal `customers.unknown` also where it is not this actor's to see
 */
export async function getCustomer(ctx: Context, id: number): Promise<CustomerPage> {
  const { rows } = await sql<CustomerRecord & { regionCode: number | null }>`
    select ${customerColumns}, customers.region as region_code from customers where id = ${survivorOf(id)} and ${visibleCustomers(ctx)}`.execute(
    ctx.db,
  )
  if (!rows[0]) throw unknownCustomer(id)
  const profiles = await profilesOf(ctx, rows[0].id)
  const ids = profiles.map((profile) => profile.id)
  const { rows: values } = await sql<Said<CustomerValue> & { rank: number }>`
    select profile_id, field, value, origin, actor, at, ${rankOf(sql`origin`)} as rank
      from profile_values where profile_id = any(${ids})
     order by field, rank, at desc, profile_id desc`.execute(ctx.db)
  const { rows: identifiers } = await sql<Said<CustomerIdentifier> & { rank: number }>`
    select i.id, i.profile_id, i.kind, i.scope, i.value, i.raw, i.shared, i.actor, i.at,
           case sources.kind when 'staff' then 1 else 2 end as rank
      from identifiers as i join profiles on profiles.id = i.profile_id join sources on sources.id = profiles.source_id
     where i.profile_id = any(${ids})
     order by i.kind, rank, i.at desc, i.id desc`.execute(ctx.db)

  const sensitive = await sensitiveOwn(
    ctx,
    values.map(({ field }) => field),
  )
  const names = await actorNames(
    ctx,
    [...values, ...identifiers].map((said) => said.actor),
  )
  const sources = new Map(profiles.map((profile) => [profile.id, profile.source]))
  const told = <T extends { actor: string; at: Date; profileId: number; rank: number }>({ rank, ...said }: T) => ({
    ...said,
    at: said.at.toISOString(),
    actorName: names.get(said.actor) ?? null,
    source: sources.get(said.profileId)!,
  })
  const { regionCode, ...record } = rows[0]
  return {
    ...shown(ctx, record),
    region: regionCode ? regionPath(regionCode, ctx.actor.locale).join(' ') : null,
    values: shownValues(
      ctx,
      values.map((value, at) => ({ ...told(value), ...chosen(values, at, (one) => one.field) })),
      sensitive,
    ),
    identifiers: shownIdentifiers(
      ctx,
      identifiers.map((one, at) => ({ ...told(one), ...chosen(identifiers, at, (other) => other.kind) })),
    ),
    profiles: profiles.map((profile) => ({
      ...profile,
      externalId: shownNumber(ctx, profile.externalId),
      createdAt: profile.createdAt.toISOString(),
    })),
  }
}

/** Whether a row is the shown one of its group, and why: rows stand in the order of the choice. */
function chosen<T extends { rank: number }>(
  rows: readonly T[],
  at: number,
  groupOf: (row: T) => string,
): { chosen?: 'only' | 'source' | 'newest' } {
  const row = rows[at]!
  const before = rows[at - 1]
  if (before && groupOf(before) === groupOf(row)) return {}
  const next = rows[at + 1]
  if (!next || groupOf(next) !== groupOf(row)) return { chosen: 'only' }
  return { chosen: next.rank === row.rank ? 'newest' : 'source' }
}

async function profilesOf(ctx: Context, customerId: number): Promise<Profile[]> {
  const { rows } = await sql<Omit<Profile, 'source'> & { sourceId: number; code: string; name: string; kind: string }>`
    select profiles.id, profiles.external_id, profiles.created_at, sources.id as source_id, sources.code, sources.name, sources.kind
      from profile_customers as map
      join profiles on profiles.id = map.profile_id
      join sources on sources.id = profiles.source_id
     where map.customer_id = ${customerId}
     order by profiles.id`.execute(ctx.db)
  return rows.map(({ sourceId, code, name, kind, ...profile }) => ({
    ...profile,
    source: { id: sourceId, code, name, kind },
  }))
}
