import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { SealedOtherwise } from '#platform/secrets.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { stepWith } from './totp.ts'

// The second factor of a person: not set up; pending (its secret was shown, a code of it is awaited); on. While it is on a new
// one may be pending, for another phone; the old one holds until then.

type Factor = { secret: Buffer | null; onSince: Date | null; pendingSecret: Buffer | null; pendingAt: Date | null }

/** A secret that was shown and never confirmed is forgotten after this. */
const pendingMs = 3_600_000

export async function factorOf(ctx: Context, staffId: number): Promise<Factor> {
  const { rows } = await sql<Factor>`
    select secret, on_since, pending_secret, pending_at from staff_factors where staff_id = ${staffId}`.execute(ctx.db)
  return rows[0] ?? { secret: null, onSince: null, pendingSecret: null, pendingAt: null }
}

/** The secret that waits for its first code; undefined where there is none or it has waited too long. */
export function pendingSecretOf(ctx: Context, staffId: number, { pendingSecret, pendingAt }: Factor) {
  if (!pendingSecret || !pendingAt) return undefined
  if (ctx.clock.machine().getTime() - pendingAt.getTime() > pendingMs) return undefined
  return ctx.secrets.open(pendingSecret, placeOf(staffId))
}

/** Where the secret of a person stands, for its seal. */
export function placeOf(staffId: number): string {
  return `staff_factors.secret:${staffId}`
}

/** The name under which tries at a person's codes are counted (slow-down.ts). */
export function codesOf(staffId: number): string {
  return `codes of ${staffId}`
}

/** Drops what a person has of a second factor, recovery codes included. @returns whether there was one */
export async function dropFactor(ctx: Context, staffId: number): Promise<boolean> {
  await sql`delete from staff_recovery_codes where staff_id = ${staffId}`.execute(ctx.db)
  await sql`delete from staff_second_steps where staff_id = ${staffId}`.execute(ctx.db)
  const { rows } = await sql<{ on: boolean }>`
    delete from staff_factors where staff_id = ${staffId} returning secret is not null as on`.execute(ctx.db)
  return rows[0]?.on ?? false
}

/**
 * Uses up a code of the second factor: six digits of the app, good once, or a recovery code. Two who send one code at once: one
 * is let in.
 * @returns by what, or undefined where the code is wrong or used
 */
export async function takeCode(ctx: Context, staffId: number, typed: string): Promise<'app' | 'recovery' | undefined> {
  const code = typed.replaceAll(/[\s-]/g, '')
  if (!/^[0-9]{6}$/.test(code)) return (await takeRecoveryCode(ctx, staffId, typed)) ? 'recovery' : undefined
  const { secret } = await factorOf(ctx, staffId)
  if (!secret) return undefined
  const step = stepWith(opened(ctx, staffId, secret), code, ctx.clock.machine())
  if (step === undefined) return undefined
  const { rows } = await sql`
    update staff_factors set last_step = ${step}
     where staff_id = ${staffId} and secret = ${secret} and last_step < ${step} returning 1`.execute(ctx.db)
  return rows.length > 0 ? 'app' : undefined
}

/** Says in the log what is wrong with the key: the person hears of a bug, and the operator must learn which. */
function opened(ctx: Context, staffId: number, secret: Buffer): Buffer {
  try {
    return ctx.secrets.open(secret, placeOf(staffId))
  } catch (error) {
    if (error instanceof SealedOtherwise) ctx.log.error({ staffId, foreign: error.foreign }, error.message)
    throw error
  }
}
