import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import { note } from '#platform/audit/index.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Session } from '../contract.ts'
import { currentSession } from '../current-session.ts'
import { recoveryCodeUsed } from '../facts.ts'
import { beginSession } from '../session.ts'
import { codes, countTry, rememberAddress } from '../slow-down.ts'
import { actorOf, type StaffRow } from '../staff.ts'
import { hashOf, newToken } from '../token.ts'
import { codesOf, takeCode } from './factor.ts'
import { recoveryCodesLeft } from './recovery-codes.ts'

/** The page has so long to send the code. */
const stepMs = 10 * 60_000

/**
 * Lets a person in whose password was right: with a session, or, where there is a second factor, with a token for the second
 * step. Every way in ends here, the link for a new password too.
 * @param passwordHash of the password just given: one that was changed meanwhile opens nothing
 * @returns undefined where the person was deactivated or the password changed meanwhile
 */
export async function enter(ctx: RequestContext, staffId: number, passwordHash: string): Promise<Session | undefined> {
  const { rows } = await sql<{ on: boolean }>`
    select exists (select from staff_factors where staff_id = ${staffId} and secret is not null) as on`.execute(ctx.db)
  if (rows[0]?.on) return beginSecondStep(ctx, staffId, passwordHash)
  const actor = await beginSession(ctx, staffId, passwordHash)
  return actor && currentSession({ ...ctx, actor })
}

async function beginSecondStep(
  ctx: RequestContext,
  staffId: number,
  passwordHash: string,
): Promise<Session | undefined> {
  const now = ctx.clock.machine()
  const token = newToken()
  const expiresAt = new Date(now.getTime() + stepMs)
  const { rows } = await sql`
    with who as (
      select id from staff where id = ${staffId} and deactivated_at is null and password_hash = ${passwordHash} for share),
         old as (delete from staff_second_steps where staff_id = ${staffId} and expires_at <= ${now})
    insert into staff_second_steps (token_hash, staff_id, expires_at)
    select ${hashOf(token)}, id, ${expiresAt} from who returning 1`.execute(ctx.db)
  if (!rows[0]) return undefined
  const merchant = await merchantIfAny(ctx)
  return { setUp: true, merchant, secondStep: { token, expiresAt: expiresAt.toISOString() } }
}

/**
 * Ends the sign-in with a code of the authenticator app or a recovery code.
 * @throws Refusal `staff.second_step_over`, `staff.wrong_code`, `staff.wait`
 */
export async function takeSecondStep(ctx: RequestContext, token: string, code: string): Promise<Session> {
  const { rows } = await sql<StaffRow>`
    select staff.id, role, locale, scope_shop_ids from staff_second_steps step join staff on staff.id = step.staff_id
     where token_hash = ${hashOf(token)} and expires_at > ${ctx.clock.machine()} and deactivated_at is null`.execute(
    ctx.db,
  )
  const staff = rows[0]
  if (!staff) throw new Refusal('gone', 'staff.second_step_over')
  const counted = codesOf(staff.id)
  note(ctx, { object: 'staff', objectId: String(staff.id) })
  await countTry(ctx, counted, codes)
  return inTransaction(ctx, async (ctx) => {
    // One token, one sign-in: of two that send right codes at once the second finds it gone.
    const taken = await sql`
      delete from staff_second_steps where token_hash = ${hashOf(token)} returning 1`.execute(ctx.db)
    if (!taken.rows[0]) throw new Refusal('gone', 'staff.second_step_over')
    const by = await takeCode(ctx, staff.id, code)
    const actor = by && (await beginSession(ctx, staff.id))
    if (!actor) {
      ctx.log.warn({ staffId: staff.id }, 'second step refused')
      throw new Refusal('invalid', 'staff.wrong_code')
    }
    await rememberAddress(ctx, counted)
    if (by === 'app') return currentSession({ ...ctx, actor })
    const left = await recoveryCodesLeft(ctx, staff.id)
    await announce({ ...ctx, actor: actorOf(staff) }, recoveryCodeUsed, { subjectId: staff.id, data: { left } })
    return { ...(await currentSession({ ...ctx, actor })), recoveryCodesLeft: left }
  })
}
