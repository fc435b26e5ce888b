import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { draw } from '../life/chance.ts'
import { kinOf } from '../people/kin.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, momentOf } from './whom.ts'

export type Related = { of: Acquaintance; other: Acquaintance; kind: 'spouse' | 'child' }

/** Who belongs to whom, as far as it came up in talks: a third of the families. */
export function familiesAmong(people: readonly Acquaintance[]): Related[] {
  const heads = new Map(people.map((one) => [one.chance.key, one]))
  return people.flatMap((other) => {
    const { as, head } = kinOf(other.chance)
    const of = heads.get(head.key)
    if ((as !== 'spouse' && as !== 'child') || !of || draw(other.chance, 'source', 3) > 0.35) return []
    return { of, other, kind: as }
  })
}

export async function tellFamilies(
  ctx: Context,
  related: readonly Related[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  const now = ctx.clock.now().getTime()
  const rows = related.map(({ of, other, kind }) => {
    const both = { ...of, joined: Math.max(of.joined, other.joined) }
    return {
      ...{ profile_id: profileOf(of.customerId), other_profile_id: profileOf(other.customerId), kind },
      ...{ at: momentOf(both, now, draw(of.chance, 'source', 3, 1)).toISOString(), actor: writerOf(of) },
      other_id: other.customerId,
    }
  })
  await sql`
    insert into relations (profile_id, other_profile_id, kind, at, actor)
    select profile_id, other_profile_id, kind, at, actor
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(profile_id bigint, other_profile_id bigint, kind text, at timestamptz, actor text)
     order by at`.execute(ctx.db)
  await tellFacts(
    ctx,
    rows.map(({ at, actor, profile_id, other_id, kind }) => ({
      ...{ at, actor, profile_id, subject_id: other_id },
      ...{ kind: 'relations.said', data: { relation: kind } },
    })),
  )
}
