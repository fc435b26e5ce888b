import { sql } from 'kysely'
import { lockIdentity } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { weigh } from './evidence.ts'
import { rebuildGroups } from './rebuild-groups.ts'
import { rulesOf } from './settings.ts'
import { writeLinks } from './settle.ts'

/**
 * Lets profiles go, as the undo of an import does: what they alone said of who is who goes with them. Their ties are taken back first,
 * so that a customer who has nothing else goes too; afterwards those who are tied by what others still say are one again.
 * @param remove deletes the profiles
 */
export async function withoutProfiles(
  ctx: Context,
  profileIds: readonly number[],
  remove: () => Promise<void>,
): Promise<void> {
  if (profileIds.length === 0) return
  await lockIdentity(ctx)
  const { rows } = await sql<{ intoId: number; fromId: number }>`
    with undone as (
      update identity_merges set undone_at = ${ctx.clock.now()}, undone_by = ${ctx.actor.label}
       where profile_id = any(${profileIds}::bigint[]) and evidence = 'identifier' and undone_at is null
      returning id
    )
    update identity_edges set live = false from undone where merge_id = undone.id
    returning into_id, from_id`.execute(ctx.db)
  if (rows.length === 0) return remove()
  const group = await rebuildGroups(
    ctx,
    rows.flatMap(({ intoId, fromId }) => [intoId, fromId]),
  )
  await remove()
  await tieAgain(ctx, [...new Set(group.values())])
}

async function tieAgain(ctx: Context, customers: readonly number[]): Promise<void> {
  const { rows } = await sql<{ profileId: number; customerId: number; homeId: number; keys: string[] }>`
    select map.profile_id, map.customer_id, coalesce(map.home_id, map.customer_id) as home_id,
           array_agg(concat_ws(' ', i.kind, i.scope, i.value)) as keys
      from profile_customers map join identifiers i on i.profile_id = map.profile_id
     where map.customer_id = any(${customers}::bigint[]) and not i.shared
     group by 1, 2, 3 order by 1`.execute(ctx.db)
  const { decision } = await weigh(
    ctx,
    rows.map(({ profileId, ...row }) => ({ at: 0, ref: String(profileId).padStart(20, '0'), isPerson: true, ...row })),
    await rulesOf(ctx),
  )
  await writeLinks(ctx, decision, (by) => rows[by]!.profileId, true)
}
