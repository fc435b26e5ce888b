import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { makeLink } from './link.ts'
import { anyStaff } from './staff.ts'

/**
 * A token for `/setup#token=…` (the fragment: no log sees it), while nobody works here; then undefined. Only its hash is kept, so each start makes
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
