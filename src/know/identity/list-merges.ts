import { sql } from 'kysely'
import { z } from 'zod'
import { actorNames, seenProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { MergeEntry } from './contract.ts'

type Row = Omit<MergeEntry, 'at' | 'undoneAt' | 'actorName' | 'undoneByName' | 'into' | 'from'> & {
  at: Date
  undoneAt: Date | null
  undoneBy: string | null
  edges: { into: number; from: number }[]
}

/**
 * Which merges made a customer what it is, newest first, and those that were undone. Each side is called by what its own profiles
 * say.
 * @throws Refusal `customers.unknown`
 */
export async function listMerges(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: MergeEntry[]; next: string | undefined }> {
  await seenProfiles(ctx, id)
  const last = after ? readCursor(z.tuple([z.number()]), after)[0] : Number.MAX_SAFE_INTEGER
  const { rows } = await sql<Row>`
    with survivor as (select coalesce(merged_into, id) as id from customers where id = ${id}),
    nodes as materialized (
      select id from survivor union select c.id from customers c join survivor on c.merged_into = survivor.id
    )
    select m.id, m.evidence, m.kind, m.reason, m.actor, m.at, m.undone_at, m.undone_by,
           (select jsonb_agg(jsonb_build_object('into', e.into_id, 'from', e.from_id) order by e.from_id)
              from identity_edges e where e.merge_id = m.id) as edges
      from identity_merges m
     where m.id < ${last}
       and m.id in (select merge_id from identity_edges where into_id in (select id from nodes)
                    union select merge_id from identity_edges where from_id in (select id from nodes))
     order by m.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const called = await namesOf(
    ctx,
    page.flatMap(({ edges }) => edges.flatMap(({ into, from }) => [into, from])),
  )
  const names = await actorNames(
    ctx,
    page.flatMap(({ actor, undoneBy }) => [actor, undoneBy ?? actor]),
  )
  const node = (id: number) => ({ id, called: called.get(id) ?? null })
  return {
    items: page.map(({ edges, at, undoneAt, undoneBy, ...row }) => ({
      ...row,
      into: node(edges[0]!.into),
      from: edges.map(({ from }) => node(from)),
      at: at.toISOString(),
      actorName: names.get(row.actor) ?? null,
      undoneAt: undoneAt?.toISOString() ?? null,
      undoneByName: (undoneBy && names.get(undoneBy)) || null,
    })),
    next: rows.length > limit && end ? cursorOf(end.id) : undefined,
  }
}

/** The name that a node's own profiles give, the newest. */
async function namesOf(ctx: Context, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: number; name: string }>`
    with own as (
      select profile_id, home_id as id from profile_customers where home_id = any(${ids}::bigint[])
      union all
      select profile_id, customer_id from profile_customers where customer_id = any(${ids}::bigint[]) and home_id is null
    )
    select distinct on (own.id) own.id, v.value #>> '{}' as name
      from own join profile_values v on v.profile_id = own.profile_id and v.field = 'name'
     order by own.id, v.at desc, v.profile_id desc`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.name]))
}
