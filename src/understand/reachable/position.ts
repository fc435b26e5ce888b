import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { versionOf } from './cursor.ts'

/** The version up to which the answers in the columns are complete; '0' before the first. */
export async function reachablePosition(ctx: Pick<Context, 'db'>): Promise<string> {
  const { rows } = await sql<{ epoch: number; round: number }>`select epoch, round from reachable_cursor`.execute(
    ctx.db,
  )
  return rows[0] ? versionOf(rows[0]) : '0'
}
