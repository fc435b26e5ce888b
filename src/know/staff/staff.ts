import { type RawBuilder, sql } from 'kysely'
import type { Actor, Context, Scope } from '#platform/context.ts'
import { may } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Staff, Whose } from './contract.ts'
import { permissionsOf, type Role } from './roles.ts'
import { sightFor, storedSight } from './sight.ts'
import type { Sight } from './sight-kinds.ts'

export type StaffRow = {
  id: number
  name: string
  email: string
  role: Role
  locale: Locale
  scopeShopIds: number[] | null
  whose: Whose
  deactivatedAt: Date | null
  version: number
}

/** What must be read of a member of staff, beside the row, to know what the person may see. */
export type Eyes = { whose: Whose; ownerIds: (string | number)[] | null; sight: Partial<Sight> | null }

/**
 * The columns of that, from `staff`. Who sees a team's customers sees those of all its members, former ones too; the lead of a
 * team does, whatever the own scope.
 */
export const eyesColumns: RawBuilder<Eyes> = sql<Eyes>`
  staff.whose, ${storedSight} as sight, case when staff.whose <> 'all' then array(
    select staff.id union
    select m.staff_id from teams t join team_members m on m.team_id = t.id
     where t.lead_id = staff.id
        or staff.whose = 'team' and exists (
             select from team_members mine where mine.team_id = t.id and mine.staff_id = staff.id)) end as owner_ids`

/** A member of staff as the one who acts. Without eyes: only for what the person announces. */
export function actorOf(row: Pick<StaffRow, 'id' | 'role' | 'locale' | 'scopeShopIds'> & Partial<Eyes>): Actor {
  return {
    kind: 'staff',
    id: row.id,
    label: `staff:${row.id}`,
    permissions: permissionsOf(row.role),
    scope: scopeOf(row),
    sight: sightFor(row.role, row.sight),
    locale: row.locale,
  }
}

function scopeOf({ scopeShopIds, ownerIds }: Pick<StaffRow, 'scopeShopIds'> & Partial<Eyes>): Scope {
  if (ownerIds) return { kind: 'owners', staffIds: ownerIds.map(Number).sort((a, b) => a - b) }
  return scopeShopIds ? { kind: 'shops', shopIds: scopeShopIds } : { kind: 'all' }
}

/** A person who works here as the one who acts, for what acts in that name: a key. Undefined where the person left. */
export async function staffActor(ctx: Context, id: number): Promise<Actor | undefined> {
  const { rows } = await sql<StaffRow & Eyes>`
    select id, role, locale, scope_shop_ids, ${eyesColumns} from staff
     where id = ${id} and deactivated_at is null`.execute(ctx.db)
  return rows[0] && actorOf(rows[0])
}

/** Who signs in with an address. @throws Refusal `staff.unknown` */
export async function staffIdOf(ctx: Context, email: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from staff where email = ${email}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'staff.unknown')
  return rows[0].id
}

/** A member of staff, locked until the transaction ends. @throws Refusal `staff.unknown` */
export async function lockedStaff(ctx: Context, id: number): Promise<StaffRow> {
  const { rows } = await sql<StaffRow>`
    select id, name, email, role, locale, scope_shop_ids, whose, deactivated_at, version from staff where id = ${id} for update`.execute(
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
    select id, name, email, role, locale, scope_shop_ids, whose, deactivated_at, version,
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

/**
 * An owner sees everybody; a chosen shop exists; whom a person sees goes by shops or by who looks after them, not by both.
 * @throws Refusal `staff.owner_sees_all`, `staff.shops_or_people`, `staff.unknown_shop`
 */
export async function refuseScope(
  ctx: Context,
  role: Role,
  scopeShopIds: number[] | null,
  whose: Whose = 'all',
): Promise<void> {
  if (role === 'owner' && (scopeShopIds || whose !== 'all')) throw new Refusal('invalid', 'staff.owner_sees_all')
  if (!scopeShopIds) return
  if (whose !== 'all') throw new Refusal('invalid', 'staff.shops_or_people')
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from shops where id = any(${scopeShopIds})`.execute(ctx.db)
  if (rows[0]?.known !== new Set(scopeShopIds).size) throw new Refusal('invalid', 'staff.unknown_shop')
}

/** Whether anybody works here yet; nobody: the house waits to be set up. */
export async function anyStaff(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from staff) as any`.execute(ctx.db)
  return rows[0]!.any
}
