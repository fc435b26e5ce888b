import { sql } from 'kysely'
import type { RequestContext } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Session } from './contract.ts'
import { currentSession } from './current-session.ts'
import { isPassword } from './hashing.ts'
import { beginSession } from './session.ts'
import { countTry } from './slow-down.ts'
import { actorOf, type StaffRow } from './staff.ts'

/**
 * Signs in. An unknown address, a wrong password and a deactivated person get the same answer after the same work.
 * @throws Refusal `staff.wrong_sign_in`, `staff.wait`, `staff.busy`
 */
export async function signIn(ctx: RequestContext, email: string, password: string): Promise<Session> {
  await countTry(ctx, email)
  const { rows } = await sql<StaffRow & { passwordHash: string }>`
    select id, role, locale, scope_shop_ids, password_hash from staff where email = ${email}`.execute(ctx.db)
  const staff = rows[0]
  const right = await isPassword(password, staff?.passwordHash)
  if (!staff || !right || !(await beginSession(ctx, staff.id, staff.passwordHash))) {
    ctx.log.warn({ staffId: staff?.id }, 'sign-in refused')
    throw new Refusal('invalid', 'staff.wrong_sign_in')
  }
  return currentSession({ ...ctx, actor: actorOf(staff) })
}
