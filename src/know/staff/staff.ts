import { sql } from 'kysely'
import type { Actor, Context } from '#platform/context.ts'
import { may } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Staff } from './contract.ts'
import { permissionsOf, type Role } from './roles.ts'

export type StaffRow = {
  id: number
  name: string
  email: string
  role: Role
  locale: Locale
  scopeShopIds: number[] | null
  deactivatedAt: Date | null
  version: number
}

/** A member of staff as the one who acts. */
export function actorOf(row: Pick<StaffRow, 'id' | 'role' | 'locale' | 'scopeShopIds'>): Actor {
  return {
    kind: 'staff',
    id: row.id,
    label: `staff:${row.id}`,
    permissions: permissionsOf(row.role),
    scope: row.scopeShopIds ? { kind: 'shops', shopIds: row.scopeShopIds } : { kind: 'all' },
    locale: row.locale,
  }
}

/** A member of staff, locked until the transaction ends. @throws Refusal `staff.unknown` */
export async function lockedStaff(ctx: Context, id: number): Promise<StaffRow> {
  const { rows } = await sql<StaffRow>`
    select id, name, email, role, locale, scope_shop_ids, deactivated_at, version from staff where id = ${id} for update`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Refusal('not_found', 'staff.unknown')
  return rows[0]
}

/** A member of staff as others see the person. @throws Refusal `staff.unknown` */
export async function staffOf(ctx: Context, id: number): Promise<Staff> {
  const [found] = await staffList(ctx, id)
  if (!found) throw new Refusal('not_found', 'staff.unknown')
  return found
}

/** The staff by name, those deactivated last; all, or one. */
export async function staffList(ctx: Context, id?: number): Promise<Staff[]> {
  const { rows } = await sql<StaffRow & { lastSeenAt: Date | null; secondFactor: boolean }>`
    select id, name, email, role, locale, scope_shop_ids, deactivated_at, version,
           exists (select from staff_factors where staff_id = staff.id and secret is not null) as second_factor,
           (select max(last_seen_at) from staff_sessions where staff_id = staff.id) as last_seen_at
      from staff ${id === undefined ? sql`` : sql`where id = ${id}`}
     order by deactivated_at is not null, name, id limit 1000`.execute(ctx.db)
  return rows.map(({ deactivatedAt, lastSeenAt, ...row }) => ({
    ...row,
    active: deactivatedAt === null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  }))
}

/** Only an owner makes, changes or ends owners. @throws Refusal `staff.owners_only` */
export function refuseOwners(ctx: Context, ...touched: Role[]): void {
  if (touched.includes('owner') && !may(ctx.actor.permissions, 'staff.owners')) {
    throw new Refusal('forbidden', 'staff.owners_only')
  }
}

/**
 * Keeps one owner who can sign in. Locked, so that two owners who end each other at once do not both succeed.
 * @throws Refusal `staff.last_owner`
 */
export async function refuseLastOwner(ctx: Context, id: number): Promise<void> {
  await lockFor(ctx, 'staff.owners')
  const { rows } = await sql`
    select 1 from staff where role = 'owner' and deactivated_at is null and id <> ${id} limit 1`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('conflict', 'staff.last_owner')
}

/** An owner sees all shops; a chosen shop exists. @throws Refusal `staff.owner_sees_all`, `staff.unknown_shop` */
export async function refuseScope(ctx: Context, role: Role, scopeShopIds: number[] | null): Promise<void> {
  if (!scopeShopIds) return
  if (role === 'owner') throw new Refusal('invalid', 'staff.owner_sees_all')
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from shops where id = any(${scopeShopIds})`.execute(ctx.db)
  if (rows[0]?.known !== new Set(scopeShopIds).size) throw new Refusal('invalid', 'staff.unknown_shop')
}

/** Whether anybody works here yet; nobody: the house waits to be set up. */
export async function anyStaff(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from staff) as any`.execute(ctx.db)
  return rows[0]!.any
}
