import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Role } from './roles.ts'
import { refuseOwners } from './staff.ts'

/** Withdraws an invite that nobody has used. @throws Refusal `staff.link_unknown`, `staff.owners_only` */
export function withdrawInvite(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ role: Role }>`
      delete from staff_links where id = ${id} and kind = 'invite' and used_at is null returning role`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('not_found', 'staff.link_unknown')
    refuseOwners(ctx, rows[0].role)
  })
}
