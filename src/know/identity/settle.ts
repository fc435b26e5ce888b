import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import type { Decision, End } from './decide.ts'
import { customersMerged } from './facts.ts'
import { rebuildGroups } from './rebuild-groups.ts'

/**
 * Holds customers in the order of their ids, before anything is written of them: a profile's shops are noted at its customer, and
 * everybody else holds the customer first.
 */
export async function holdCustomers(ctx: Context, customers: readonly number[]): Promise<void> {
  if (customers.length === 0) return
  const ids = [...new Set(customers)].sort((a, b) => a - b)
  await sql`select from customers where id = any(${arrayText(ids)}::bigint[]) order by id for update`.execute(ctx.db)
}

/**
 * Writes the ties that a batch made between customers who were there before, each a merge of its own that can be undone alone.
 * The caller holds `lockIdentity` where there are any.
 * @param profileOf the profile that brought the evidence
 * @param touched takes whom the caller will `refresh`; without it they are
 * @returns the survivor of each node that the ties touched
 */
export async function writeLinks(
  ctx: Context,
  { links }: Decision,
  profileOf: (bringer: number) => number,
  historic: boolean,
  touched?: Set<number>,
): Promise<Map<number, number>> {
  if (links.length === 0) return new Map()
  const rows = links.map(({ intoId, fromId, kind, by }) => ({ intoId, fromId, kind, profileId: profileOf(by) }))
  const { rows: made } = await sql<{ id: number; place: number }>`
    with links as materialized (
      select row.*, nextval(pg_get_serial_sequence('identity_merges', 'id')) as id
        from unnest(${rows.map((one) => one.intoId)}::bigint[], ${rows.map((one) => one.fromId)}::bigint[],
                    ${rows.map((one) => one.kind)}::text[], ${rows.map((one) => one.profileId)}::bigint[])
          with ordinality as row(into_id, from_id, kind, profile_id, place)
       order by row.place
    ),
    merges as (
      insert into identity_merges (id, evidence, kind, profile_id, actor, at) overriding system value
      select id, 'identifier', kind, profile_id, ${ctx.actor.label}, ${ctx.clock.now()} from links
    ),
    edges as (
      insert into identity_edges (merge_id, into_id, from_id) select id, into_id, from_id from links
    )
    select id, place from links order by place`.execute(ctx.db)
  const group = await rebuildGroups(
    ctx,
    rows.flatMap(({ intoId, fromId }) => [intoId, fromId]),
    touched,
  )
  await announceAll(
    ctx,
    customersMerged,
    made.map(({ id, place }) => {
      const { intoId, fromId, kind, profileId } = rows[place - 1]!
      return {
        profileId,
        subjectId: group.get(intoId)!,
        historic,
        data: { merge: id, from: [fromId], evidence: 'identifier' as const, kind },
      }
    }),
  )
  return group
}

/** Keeps what a batch proposes, for the queue of suggestions. What is proposed already, or said to be two people, is left. */
export async function writeProposals(
  ctx: Context,
  { proposals }: Decision,
  nodeOf: (end: End) => number | undefined,
): Promise<void> {
  const rows = proposals.flatMap(({ one, other, kind, why }) => {
    const [a, b] = [nodeOf(one), nodeOf(other)]
    return a === undefined || b === undefined || a === b
      ? []
      : [{ one: Math.min(a, b), other: Math.max(a, b), kind, why }]
  })
  if (rows.length === 0) return
  await sql`
    insert into identity_proposals (one_id, other_id, kind, why, at)
    select row.*, ${ctx.clock.now()}::timestamptz
      from unnest(${rows.map((row) => row.one)}::bigint[], ${rows.map((row) => row.other)}::bigint[],
                  ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.why)}::text[]) as row(one_id, other_id, kind, why)
     where not exists (select from identity_cuts c
                        where c.one_id = row.one_id and c.other_id = row.other_id and c.lifted_by is null)
        on conflict do nothing`.execute(ctx.db)
}
