import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { passwordChanged } from './facts.ts'
import { hashPassword } from './hashing.ts'
import { dropLinks } from './link.ts'
import { withOwnPassword } from './own-password.ts'
import { refusePassword } from './password-rules.ts'
import { beginSession, endSessions } from './session.ts'

/**
 * Changes the actor's own password by the present one; ends all sessions and begins a new one here.
 * @throws Refusal `staff.wrong_password`, `staff.wait`, `staff.busy`, a password's objection
 */
export async function changePassword(ctx: RequestContext, current: string, password: string): Promise<void> {
  const { id, name, email, passwordHash: before } = await withOwnPassword(ctx, current)
  refusePassword(password, [name, email, (await merchantIfAny(ctx))?.name ?? ''])
  const passwordHash = await hashPassword(password)

  await inTransaction(ctx, async (ctx) => {
    const changed = await sql`
      update staff set password_hash = ${passwordHash}, password_changed_at = ${ctx.clock.machine()}, version = version + 1
       where id = ${id} and password_hash = ${before} returning 1`.execute(ctx.db)
    if (!changed.rows[0]) throw new Refusal('invalid', 'staff.wrong_password')
    await endSessions(ctx, id)
    await dropLinks(ctx, { staffId: id })
    await announce(ctx, passwordChanged, { subjectId: id, data: { by: 'self' } })
    await beginSession(ctx, id)
  })
}
