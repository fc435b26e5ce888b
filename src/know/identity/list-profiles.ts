import { sql } from 'kysely'
import { seenProfiles, shownNumber } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { TiedProfile } from './contract.ts'

/**
 * What a customer is made of: each source's profile, and which identifiers it has in common with the others. What staff say of the
 * customer stays with it.
 * @throws Refusal `customers.unknown`
 */
export async function listProfiles(ctx: Context, id: number): Promise<TiedProfile[]> {
  const ids = await seenProfiles(ctx, id)
  const { rows } = await sql<Omit<TiedProfile, 'mayLeave'> & { staff: boolean }>`
    select p.id, s.name as source, p.external_id, s.kind = 'staff' and p.external_id like 'customer:%' as staff,
           p.external_id like 'order:%' as claimed,
           array(select distinct i.kind from identifiers i
                   join identifiers other on other.kind = i.kind and other.scope = i.scope and other.value = i.value
                                         and other.profile_id = any(${ids}::bigint[]) and other.profile_id <> i.profile_id
                  where i.profile_id = p.id order by i.kind) as ties
      from profiles p join sources s on s.id = p.source_id
     where p.id = any(${ids}::bigint[])
     order by p.id`.execute(ctx.db)
  return rows.map(({ staff, ...row }) => ({
    ...row,
    externalId: shownNumber(ctx, row.externalId),
    mayLeave: !staff && !row.claimed && rows.length > 1,
  }))
}
