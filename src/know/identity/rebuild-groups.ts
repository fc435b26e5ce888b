import { sql } from 'kysely'
import { refresh } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { type Edge, survivorsOf } from './groups.ts'

type Node = { id: number; survivor: number; ownerId: number | null; ownerFrom: number | null }

/**
 * Derives anew, from live edges alone, where the groups of these customers stand: the survivor of each node, whose profiles are where,
 * who looks after whom, what is shown. Seven statements, however many groups; rows that stay as they were are not written. The
 * caller holds `lockIdentity`.
 * @param seeds survivors or nodes of the groups that a change of edges touched
 * @param later takes whom the caller will `refresh` with others; without it they are
 * @returns the survivor of each node of them
 */
export async function rebuildGroups(
  ctx: Context,
  seeds: readonly number[],
  later?: Set<number>,
): Promise<Map<number, number>> {
  if (seeds.length === 0) return new Map()
  // Locked, so that an edit under way is seen, and the next one sees where its customer went.
  const { rows: nodes } = await sql<Node>`
    with survivors as (
      select distinct coalesce(merged_into, id) as id from customers where id = any(${seeds}::bigint[])
    )
    select c.id, coalesce(c.merged_into, c.id) as survivor, c.owner_id, c.owner_from
      from customers c
     where c.id in (select id from survivors union
                    select merged.id from customers as merged where merged.merged_into in (select id from survivors))
     order by c.id for update of c`.execute(ctx.db)
  const ids = nodes.map((node) => node.id)
  const { rows: edges } = await sql<Edge>`
    select into_id, from_id from identity_edges
     where live and (into_id = any(${ids}::bigint[]) or from_id = any(${ids}::bigint[]))
     order by merge_id, from_id`.execute(ctx.db)
  const survivors = survivorsOf(ids, edges)
  const moved = nodes.filter((node) => survivors.get(node.id) !== node.survivor)
  await moveNodes(
    ctx,
    moved.map(({ id }) => ({ id, survivor: survivors.get(id)! })),
  )
  await moveOwners(ctx, nodes, edges, survivors)
  const touched = moved.flatMap((node) => [node.survivor, survivors.get(node.id)!, node.id])
  if (later) for (const id of touched) later.add(id)
  else await refresh(ctx, touched)
  return survivors
}

/** A profile's home stays where it is; it is shown at its home's survivor. */
async function moveNodes(ctx: Context, moved: readonly { id: number; survivor: number }[]): Promise<void> {
  if (moved.length === 0) return
  const rows = sql`
    select * from unnest(${moved.map((one) => one.id)}::bigint[], ${moved.map((one) => one.survivor)}::bigint[]) as row(id, survivor)`
  await sql`
    with moved as (${rows})
    update customers set merged_into = nullif(moved.survivor, moved.id) from moved where customers.id = moved.id`.execute(
    ctx.db,
  )
  await sql`
    with moved as materialized (${rows}),
    theirs as (
      select profile_id, moved.id as home, survivor from moved join profile_customers map on map.home_id = moved.id
      union all
      select profile_id, moved.id, survivor from moved join profile_customers map on map.customer_id = moved.id and map.home_id is null
    )
    update profile_customers as map
       set customer_id = theirs.survivor, home_id = nullif(theirs.home, theirs.survivor), xid = pg_current_xact_id()
      from (select * from theirs order by profile_id) as theirs
     where map.profile_id = theirs.profile_id and map.customer_id <> theirs.survivor`.execute(ctx.db)
}

/**
 * A survivor whom nobody looks after is lent the owner of the first one merged into it; `owner_from` says whose it is, so that it
 * goes back by itself. What staff decide of the survivor afterwards is its own.
 */
async function moveOwners(
  ctx: Context,
  nodes: readonly Node[],
  edges: readonly Edge[],
  survivors: ReadonlyMap<number, number>,
): Promise<void> {
  const own = new Map(nodes.map((node) => [node.id, node.ownerFrom === null ? node.ownerId : null]))
  const lent = new Map<number, { owner: number; from: number }>()
  const inOrder = [...new Set([...edges.flatMap(({ intoId, fromId }) => [intoId, fromId]), ...own.keys()])]
  for (const id of inOrder) {
    const survivor = survivors.get(id)!
    const owner = own.get(id)
    if (owner && id !== survivor && !lent.has(survivor)) lent.set(survivor, { owner, from: id })
  }
  const changed = nodes.flatMap(({ id, ownerId, ownerFrom }) => {
    const decided = ownerFrom === id
    const isSurvivor = survivors.get(id) === id
    const loan = isSurvivor && !decided && !own.get(id) ? lent.get(id) : undefined
    const owner = own.get(id) ?? loan?.owner ?? null
    const from = decided ? id : (loan?.from ?? null)
    return owner === ownerId && from === ownerFrom ? [] : [{ id, owner, from }]
  })
  if (changed.length === 0) return
  await sql`
    update customers set owner_id = row.owner, owner_from = row.from_id, version = customers.version + 1, xid = pg_current_xact_id()
      from unnest(${changed.map((one) => one.id)}::bigint[], ${changed.map((one) => one.owner)}::bigint[],
                  ${changed.map((one) => one.from)}::bigint[]) as row(id, owner, from_id)
     where customers.id = row.id`.execute(ctx.db)
}
