import { sql } from 'kysely'
import { shownField } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Person } from '#platform/person/index.ts'

/** Why something was given back, or never came about, is words about a person: shown as notes are. */
export function shownReason(ctx: Context, reason: string | null): string | null {
  return shownField(ctx.actor, 'notes', reason)
}

/** The books keep the document of whom is forgotten; what was said of why goes. */
export async function forgetReasons(ctx: Context, { profileIds }: Person): Promise<number> {
  const { rows } = await sql`
    update orders set reason = null where profile_id = any(${[...profileIds]}::bigint[]) and reason is not null
    returning 1 as one`.execute(ctx.db)
  return rows.length
}
