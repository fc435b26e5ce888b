import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import type { Session } from './contract.ts'
import { currentSession } from './current-session.ts'

/** Changes the actor's own name or language. The last choice holds. */
export async function editMe(ctx: Context, change: { name?: string; locale?: Locale }): Promise<Session> {
  await sql`
    update staff set name = coalesce(${change.name ?? null}, name), locale = coalesce(${change.locale ?? null}, locale),
                     version = version + 1
     where id = ${ctx.actor.id ?? 0}`.execute(ctx.db)
  return currentSession(ctx)
}
