import { sql } from 'kysely'
import { note } from '#platform/audit/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Session } from './contract.ts'
import { isPassword } from './hashing.ts'
import { enter } from './second-factor/second-step.ts'
import { countTry } from './slow-down.ts'

/**
 * Signs in, or leads to the second step. An unknown address, a wrong password and a deactivated person get the same answer after the same work.
 * @throws Refusal `staff.wrong_sign_in`, `staff.wait`, `staff.busy`
 */
export async function signIn(ctx: RequestContext, email: string, password: string): Promise<Session> {
  await countTry(ctx, email)
  const { rows } = await sql<{ id: number; passwordHash: string }>`
    select id, password_hash from staff where email = ${email}`.execute(ctx.db)
  const staff = rows[0]
  const right = await isPassword(password, staff?.passwordHash)
  const session = staff && right ? await enter(ctx, staff.id, staff.passwordHash) : undefined
  if (!session) {
    // Whose account was guessed at, where there is one.
    if (staff) note(ctx, { object: 'staff', objectId: String(staff.id) })
    ctx.log.warn({ staffId: staff?.id }, 'sign-in refused')
    throw new Refusal('invalid', 'staff.wrong_sign_in')
  }
  return session
}
