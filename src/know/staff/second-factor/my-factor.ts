import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { factorOff, factorOn, recoveryCodesRenewed } from '../facts.ts'
import { withOwnPassword } from '../own-password.ts'
import { endSessions } from '../session.ts'
import { codes, countTry, rememberAddress } from '../slow-down.ts'
import { staffOf } from '../staff.ts'
import type { MyFactor, NewFactor } from './contract.ts'
import { codesOf, dropFactor, factorOf, pendingSecretOf, placeOf } from './factor.ts'
import { keepRecoveryCodes, makeRecoveryCodes, recoveryCodesLeft } from './recovery-codes.ts'
import { rulesOf } from './rules.ts'
import { base32, newSecret, otpauth, stepWith } from './totp.ts'

/** Whether the actor has a second factor, and how many recovery codes are left. */
export async function myFactor(ctx: Context): Promise<MyFactor> {
  const id = ctx.actor.id ?? 0
  const { onSince } = await factorOf(ctx, id)
  return {
    onSince: onSince?.toISOString() ?? null,
    recoveryCodesLeft: await recoveryCodesLeft(ctx, id),
    required: (await rulesOf(ctx)).value.requireFactor,
  }
}

/** Makes a secret for the actor's authenticator app. It counts once a code of it is given; until then what was on stays on. */
export async function beginFactor(ctx: Context): Promise<NewFactor> {
  const id = ctx.actor.id ?? 0
  const secret = newSecret()
  const sealed = ctx.secrets.seal(secret, placeOf(id))
  await sql`
    insert into staff_factors (staff_id, pending_secret, pending_at) values (${id}, ${sealed}, ${ctx.clock.machine()})
        on conflict (staff_id) do update set pending_secret = excluded.pending_secret, pending_at = excluded.pending_at`.execute(
    ctx.db,
  )
  const [me, merchant] = [await staffOf(ctx, id), await merchantOf(ctx)]
  return { secret: base32(secret), address: otpauth(secret, merchant.name, me.email) }
}

/**
 * Turns the second factor on by the first code of the secret that was shown, or puts the new app in the place of the old. The
 * person's other sessions end: one of them may be what made her do it.
 * @returns the recovery codes, which are shown only now
 * @throws Refusal `staff.factor_not_begun`, `staff.wrong_code`, `staff.wait`
 */
export async function confirmFactor(ctx: RequestContext, code: string): Promise<string[]> {
  const id = ctx.actor.id ?? 0
  const pending = pendingSecretOf(ctx, id, await factorOf(ctx, id))
  if (!pending) throw new Refusal('conflict', 'staff.factor_not_begun')
  const counted = codesOf(id)
  await countTry(ctx, counted, codes)
  const step = stepWith(pending, code.replaceAll(/\s/g, ''), ctx.clock.machine())
  if (step === undefined) throw new Refusal('invalid', 'staff.wrong_code')
  const recovery = await makeRecoveryCodes()

  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ again: boolean; secret: Buffer }>`
      with before as (select secret, pending_secret from staff_factors where staff_id = ${id} for update)
      update staff_factors
         set secret = before.pending_secret, on_since = ${ctx.clock.machine()}, last_step = ${step},
             pending_secret = null, pending_at = null
        from before where staff_id = ${id} and before.pending_secret is not null
   returning before.secret is not null as again, staff_factors.secret`.execute(ctx.db)
    const [row] = rows
    // Another page may have begun anew meanwhile: what counts is the secret that this code belongs to.
    if (!row || !ctx.secrets.open(row.secret, placeOf(id)).equals(pending)) {
      throw new Refusal('conflict', 'staff.factor_not_begun')
    }
    await keepRecoveryCodes(ctx, id, recovery)
    await endSessions(ctx, id, ctx.request.headers)
    await sql`update staff_sessions set factor_due = false where staff_id = ${id}`.execute(ctx.db)
    await rememberAddress(ctx, counted)
    await announce(ctx, factorOn, { subjectId: id, data: { again: row.again } })
    return recovery.shown
  })
}

/** Ten new recovery codes in the place of the old. @throws Refusal `staff.factor_is_off` */
export async function renewRecoveryCodes(ctx: Context): Promise<string[]> {
  const id = ctx.actor.id ?? 0
  const recovery = await makeRecoveryCodes()
  return inTransaction(ctx, async (ctx) => {
    if (!(await factorOf(ctx, id)).secret) throw new Refusal('conflict', 'staff.factor_is_off')
    await keepRecoveryCodes(ctx, id, recovery)
    await announce(ctx, recoveryCodesRenewed, { subjectId: id, data: {} })
    return recovery.shown
  })
}

/**
 * Turns the actor's second factor off, by the password; ends the other sessions.
 * @throws Refusal `staff.factor_required`, `staff.factor_is_off`, `staff.wrong_password`, `staff.wait`
 */
export async function turnOffFactor(ctx: RequestContext, password: string): Promise<void> {
  if ((await rulesOf(ctx)).value.requireFactor) throw new Refusal('conflict', 'staff.factor_required')
  const { id } = await withOwnPassword(ctx, password)
  await inTransaction(ctx, async (ctx) => {
    if (!(await dropFactor(ctx, id))) throw new Refusal('conflict', 'staff.factor_is_off')
    await endSessions(ctx, id, ctx.request.headers)
    await announce(ctx, factorOff, { subjectId: id, data: { by: 'self' } })
  })
}
