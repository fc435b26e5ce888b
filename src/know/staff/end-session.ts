import { sql } from 'kysely'
import type { RequestContext } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'

/** Ends one of the actor's own sessions. @throws Refusal `staff.unknown_session`, also for somebody else's */
export async function endSession(ctx: RequestContext, id: number): Promise<void> {
  const { rows } = await sql`
    delete from staff_sessions where id = ${id} and staff_id = ${ctx.actor.id ?? 0} returning 1`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'staff.unknown_session')
}
