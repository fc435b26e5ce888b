import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Invite, Staff, Whose } from './contract.ts'
import type { Role } from './roles.ts'
import { staffList } from './staff.ts'

/** The staff, and the invites that nobody has used; expired ones are shown for 30 days. */
export async function listStaff(ctx: Context): Promise<{ items: Staff[]; invites: Invite[] }> {
  const now = ctx.clock.machine()
  const { rows } = await sql<{
    id: number
    name: string
    email: string
    role: Role
    scopeShopIds: number[] | null
    whose: Whose
    expiresAt: Date
  }>`
    select id, name, email, role, scope_shop_ids, whose, expires_at from staff_links
     where kind = 'invite' and used_at is null and expires_at > ${now}::timestamptz - interval '30 days'
     order by id desc limit 1000`.execute(ctx.db)
  const invites = rows.map((row) => ({
    ...row,
    expiresAt: row.expiresAt.toISOString(),
    expired: row.expiresAt <= now,
  }))
  return { items: await staffList(ctx), invites }
}

/** The names behind `staff:12`, those of former staff included. */
export async function staffNames(ctx: Context): Promise<{ id: number; name: string; active: boolean }[]> {
  const { rows } = await sql<{ id: number; name: string; active: boolean }>`
    select id, name, deactivated_at is null as active from staff order by name, id limit 1000`.execute(ctx.db)
  return rows
}

/** Those of the given members of staff who work here now. */
export async function activeStaff(ctx: Context, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from staff where id = any(${[...ids]}::bigint[]) and deactivated_at is null`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/** Who works here under an address of mail, in any case; undefined where nobody does. */
export async function activeStaffByEmail(ctx: Context, email: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from staff where lower(email) = ${email.trim().toLowerCase()} and deactivated_at is null`.execute(ctx.db)
  return rows[0]?.id
}
