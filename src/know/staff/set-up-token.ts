import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addressOf, makeLink } from './link.ts'
import { anyStaff } from './staff.ts'

/**
 * A token with which the house is set up, while nobody works here; then undefined. Only its hash is kept, so each start makes
 * its own; those of the last ten starts stay good, because several processes may start at once and old tabs are open.
 */
export async function setUpToken(ctx: Context): Promise<string | undefined> {
  if (await anyStaff(ctx)) return undefined
  const { token } = await makeLink(ctx, 'set_up')
  await sql`
    delete from staff_links where kind = 'set_up' and id not in (
      select id from staff_links where kind = 'set_up' order by id desc limit 10)`.execute(ctx.db)
  return token
}

/** The address to print at the start, as `http://127.0.0.1:7300/setup#token=…`. */
export function setUpAddress(origin: string, token: string): string {
  return `${origin.replace(/\/$/, '')}${addressOf('set_up', token)}`
}
