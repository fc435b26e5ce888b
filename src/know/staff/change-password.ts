import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { passwordChanged } from './facts.ts'
import { hashPassword, isPassword } from './hashing.ts'
import { dropLinks } from './link.ts'
import { refusePassword } from './password-rules.ts'
import { beginSession, endSessions } from './session.ts'
import { countTry } from './slow-down.ts'

/**
 * Changes the actor's own password by the present one; ends all sessions and begins a new one here.
 * @throws Refusal `staff.wrong_password`, `staff.wait`, `staff.busy`, a password's objection
 */
export async function changePassword(ctx: RequestContext, current: string, password: string): Promise<void> {
  const id = ctx.actor.id ?? 0
  const { rows } = await sql<{ name: string; email: string; passwordHash: string }>`
    select name, email, password_hash from staff where id = ${id}`.execute(ctx.db)
  const me = rows[0]
  if (!me) throw new Refusal('not_found', 'staff.unknown')
  refusePassword(password, [me.name, me.email, (await merchantIfAny(ctx))?.name ?? ''])
  await countTry(ctx, me.email)
  if (!(await isPassword(current, me.passwordHash))) throw new Refusal('invalid', 'staff.wrong_password')
  const passwordHash = await hashPassword(password)

  await inTransaction(ctx, async (ctx) => {
    const changed = await sql`
      update staff set password_hash = ${passwordHash}, password_changed_at = ${ctx.clock.machine()}, version = version + 1
       where id = ${id} and password_hash = ${me.passwordHash} returning 1`.execute(ctx.db)
    if (!changed.rows[0]) throw new Refusal('invalid', 'staff.wrong_password')
    await endSessions(ctx, id)
    await dropLinks(ctx, { staffId: id })
    await announce(ctx, passwordChanged, { subjectId: id, data: { by: 'self' } })
    await beginSession(ctx, id)
  })
}
