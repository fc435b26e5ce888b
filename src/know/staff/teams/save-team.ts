import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { teamChanged, teamMade, teamRemoved } from '../facts.ts'
import type { Team } from './contract.ts'
import { listTeams } from './list-teams.ts'

type Wanted = { name: string; leadId: number | null; memberIds: readonly number[] }

/** Makes a team; its lead is a member. @throws Refusal `staff.team_taken`, `staff.unknown` */
export function addTeam(ctx: Context, wanted: Wanted): Promise<Team> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      insert into teams (name, lead_id) values (${wanted.name}, ${await known(ctx, wanted.leadId)})
          on conflict (name) do nothing returning id`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('conflict', 'staff.team_taken')
    const { id } = rows[0]
    const members = await setMembers(ctx, id, wanted)
    await announce(ctx, teamMade, { subjectId: id, data: { members } })
    return teamOf(ctx, id)
  })
}

/**
 * Changes a team as a whole; who sees by team sees the others from the next request on.
 * @throws Refusal `staff.team_unknown`, `http.stale`, `staff.team_taken`, `staff.unknown`
 */
export function editTeam(ctx: Context, version: number, { id, ...wanted }: Wanted & { id: number }): Promise<Team> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ version: number }>`select version from teams where id = ${id} for update`.execute(
      ctx.db,
    )
    if (!rows[0]) throw new Refusal('not_found', 'staff.team_unknown')
    if (rows[0].version !== version) throw new Refusal('stale', 'http.stale')
    const { rows: taken } = await sql`
      select from teams where name = ${wanted.name} and id <> ${id}`.execute(ctx.db)
    if (taken.length > 0) throw new Refusal('conflict', 'staff.team_taken')
    await sql`
      update teams set name = ${wanted.name}, lead_id = ${await known(ctx, wanted.leadId)}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    const members = await setMembers(ctx, id, wanted)
    await announce(ctx, teamChanged, { subjectId: id, data: { members } })
    return teamOf(ctx, id)
  })
}

/** @throws Refusal `staff.team_unknown` */
export function removeTeam(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql`delete from teams where id = ${id} returning 1`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('not_found', 'staff.team_unknown')
    await announce(ctx, teamRemoved, { subjectId: id, data: {} })
  })
}

async function setMembers(ctx: Context, id: number, { leadId, memberIds }: Wanted): Promise<number[]> {
  const members = [...new Set([...memberIds, ...(leadId === null ? [] : [leadId])])].sort((a, b) => a - b)
  const { rows } = await sql<{ known: number }>`
    select count(*) as known from staff where id = any(${members}::bigint[])`.execute(ctx.db)
  if (rows[0]!.known !== members.length) throw new Refusal('invalid', 'staff.unknown')
  await sql`delete from team_members where team_id = ${id}`.execute(ctx.db)
  await sql`
    insert into team_members (team_id, staff_id) select ${id}, unnest(${members}::bigint[])`.execute(ctx.db)
  return members
}

async function known(ctx: Context, staffId: number | null): Promise<number | null> {
  if (staffId === null) return null
  const { rows } = await sql`select from staff where id = ${staffId}`.execute(ctx.db)
  if (rows.length === 0) throw new Refusal('invalid', 'staff.unknown')
  return staffId
}

async function teamOf(ctx: Context, id: number): Promise<Team> {
  return (await listTeams(ctx, id))[0]!
}
