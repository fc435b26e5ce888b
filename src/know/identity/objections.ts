import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { MergePreview } from './contract.ts'
import { rules, tyingKinds } from './rules.ts'

/**
 * What speaks against customers being one person: two values of a kind of which a person has one, or somebody said that they are
 * two. Staff may know better; an identifier may not.
 */
export async function objectionsOf(ctx: Context, ids: readonly number[]): Promise<MergePreview['objections']> {
  const exclusive = tyingKinds.filter((kind) => 'exclusive' in rules[kind])
  const { rows } = await sql<{ contradicted: boolean; apart: boolean }>`
    select exists (
             select from profile_customers map join identifiers i on i.profile_id = map.profile_id
              where map.customer_id = any(${ids}::bigint[]) and i.kind = any(${exclusive}::text[])
              group by i.kind, i.scope having count(distinct i.value) > 1) as contradicted,
           exists (
             select from identity_cuts c
               join customers one on one.id = c.one_id join customers other on other.id = c.other_id
              where c.lifted_by is null and coalesce(one.merged_into, one.id) = any(${ids}::bigint[])
                and coalesce(other.merged_into, other.id) = any(${ids}::bigint[])) as apart`.execute(ctx.db)
  const { contradicted, apart } = rows[0]!
  return [...(contradicted ? (['contradicted'] as const) : []), ...(apart ? (['apart'] as const) : [])]
}
