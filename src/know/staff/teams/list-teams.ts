import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Team } from './contract.ts'

/** The teams by name, at most 500; or one. */
export async function listTeams(ctx: Context, id?: number): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select id, name, lead_id, version,
           array(select staff_id from team_members where team_id = teams.id order by staff_id)::bigint[] as member_ids
      from teams ${id === undefined ? sql`` : sql`where id = ${id}`}
     order by name, id limit 500`.execute(ctx.db)
  return rows.map((row) => ({ ...row, memberIds: row.memberIds.map(Number) }))
}
