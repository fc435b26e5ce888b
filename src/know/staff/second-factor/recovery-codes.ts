import { randomBytes, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { hashCode } from '../hashing.ts'

const howMany = 10
/** Without letters that are taken for digits or for each other (Crockford). */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten codes, each good once in the place of an authenticator's: `k3v9-x2m7-q0pd`, 60 random bits. */
export type RecoveryCodes = { shown: string[]; salt: Buffer; hashes: Buffer[] }

/** Made before the transaction that keeps them: ten hashes take their time. */
export async function makeRecoveryCodes(): Promise<RecoveryCodes> {
  const salt = randomBytes(16)
  const codes = Array.from({ length: howMany }, () =>
    Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join(''),
  )
  const hashes: Buffer[] = []
  for (const code of codes) hashes.push(await hashCode(code, salt)) // one after the other: others sign in meanwhile
  return { shown: codes.map((code) => code.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3')), salt, hashes }
}

/** Keeps new codes in the place of all earlier ones. */
export async function keepRecoveryCodes(ctx: Context, staffId: number, made: RecoveryCodes): Promise<void> {
  await dropRecoveryCodes(ctx, staffId)
  await sql`
    insert into staff_recovery_codes (staff_id, hash, salt, made_at)
    select ${staffId}, hash, ${made.salt}, ${ctx.clock.machine()} from unnest(${made.hashes}::bytea[]) as hash`.execute(
    ctx.db,
  )
}

export async function dropRecoveryCodes(ctx: Context, staffId: number): Promise<void> {
  await sql`delete from staff_recovery_codes where staff_id = ${staffId}`.execute(ctx.db)
}

/** How many are left. */
export async function recoveryCodesLeft(ctx: Context, staffId: number): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from staff_recovery_codes where staff_id = ${staffId} and used_at is null`.execute(
    ctx.db,
  )
  return rows[0]!.left
}

/** Uses a code up, however it was typed: with capitals, spaces, o for 0. Two who use it at once: one does. @returns whether it was good */
export async function takeRecoveryCode(ctx: Context, staffId: number, typed: string): Promise<boolean> {
  const code = typed
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
  const { rows: salts } = await sql<{ salt: Buffer }>`
    select salt from staff_recovery_codes where staff_id = ${staffId} limit 1`.execute(ctx.db)
  const hash = await hashCode(code, salts[0]?.salt ?? Buffer.alloc(16))
  const { rows } = await sql`
    update staff_recovery_codes set used_at = ${ctx.clock.machine()}
     where staff_id = ${staffId} and hash = ${hash} and used_at is null returning 1`.execute(ctx.db)
  return rows.length > 0
}
