import { sql } from 'kysely'
import { lockIdentity, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { mergeUndone } from './facts.ts'
import { firstProfileOf } from './first-profile.ts'
import { rebuildGroups } from './rebuild-groups.ts'

type Merge = { evidence: string; undone: boolean; nodes: number[]; seen: boolean }

/**
 * Takes a merge back, in whatever order and whatever came since: its edges go, and the groups are what the others say. What is said of
 * a profile, and its orders, went nowhere. Where an identifier tied the two, or `apart` is given, they are not tied by one again.
 * @returns the customers that stand on their own now, the survivor first
 * @throws Refusal `identity.unknown_merge` also where the customer is not this actor's, `identity.undone_already`
 */
export function undoMerge(
  ctx: Context,
  mergeId: number,
  { apart }: { apart?: boolean } = {},
): Promise<{ customers: number[] }> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentity(ctx)
    const { rows } = await sql<Merge>`
      select m.evidence, m.undone_at is not null as undone,
             (select array_agg(distinct node) from identity_edges e, lateral (values (e.into_id), (e.from_id)) as ends(node)
               where e.merge_id = m.id) as nodes,
             exists (select from identity_edges e
                       join customers as node on node.id = e.into_id
                       join customers on customers.id = coalesce(node.merged_into, node.id)
                      where e.merge_id = m.id and ${visibleCustomers(ctx)}) as seen
        from identity_merges m where m.id = ${mergeId} for update of m`.execute(ctx.db)
    const merge = rows[0]
    if (!merge?.seen) throw new Refusal('not_found', 'identity.unknown_merge', { id: mergeId })
    if (merge.undone) throw new Refusal('conflict', 'identity.undone_already', { id: mergeId })
    const nodes = merge.nodes.map(Number)
    const before = await survivorOf(ctx, nodes[0]!)
    await sql`
      with undone as (
        update identity_merges set undone_at = ${ctx.clock.now()}, undone_by = ${ctx.actor.label} where id = ${mergeId}
      ),
      edges as (
        update identity_edges set live = false where merge_id = ${mergeId}
      )
      update identity_cuts set lifted_by = null where lifted_by = ${mergeId}`.execute(ctx.db)
    const group = await rebuildGroups(ctx, nodes)
    if (apart ?? merge.evidence === 'identifier') await cutBetween(ctx, mergeId, group)
    const customers = [...new Set(group.values())].sort((a, b) => Number(b === before) - Number(a === before) || a - b)
    await announce(ctx, mergeUndone, {
      profileId: await firstProfileOf(ctx, before),
      subjectId: before,
      data: { merge: mergeId, apart: customers.filter((id) => id !== before) },
    })
    return { customers }
  })
}

async function survivorOf(ctx: Context, node: number): Promise<number> {
  const { rows } = await sql<{ survivor: number }>`
    select coalesce(merged_into, id) as survivor from customers where id = ${node}`.execute(ctx.db)
  return rows[0]!.survivor
}

/** Between the ends of the edges that fell, where they are apart now: another merge may still hold them together. */
async function cutBetween(ctx: Context, mergeId: number, group: ReadonlyMap<number, number>): Promise<void> {
  const { rows } = await sql<{ intoId: number; fromId: number }>`
    select into_id, from_id from identity_edges where merge_id = ${mergeId}`.execute(ctx.db)
  const pairs = rows.filter(({ intoId, fromId }) => group.get(intoId) !== group.get(fromId))
  await cut(
    ctx,
    pairs.map(({ intoId, fromId }): [number, number] => [intoId, fromId]),
  )
}

/** Says of pairs of nodes that they are not the same person. Said again, nothing changes. */
export async function cut(ctx: Context, pairs: readonly (readonly [number, number])[]): Promise<void> {
  if (pairs.length === 0) return
  await sql`
    insert into identity_cuts (one_id, other_id, actor, at)
    select least(a, b), greatest(a, b), ${ctx.actor.label}, ${ctx.clock.now()}
      from unnest(${pairs.map(([a]) => a)}::bigint[], ${pairs.map(([, b]) => b)}::bigint[]) as pair(a, b)
        on conflict (one_id, other_id) do update set lifted_by = null, actor = excluded.actor, at = excluded.at
     where identity_cuts.lifted_by is not null`.execute(ctx.db)
  await sql`
    delete from identity_proposals p
     using unnest(${pairs.map(([a]) => a)}::bigint[], ${pairs.map(([, b]) => b)}::bigint[]) as pair(a, b)
     where p.one_id = least(a, b) and p.other_id = greatest(a, b)`.execute(ctx.db)
}
