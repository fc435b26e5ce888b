import { sql } from 'kysely'
import { permissionsOf } from '#know/staff/index.ts'
import type { Actor, Context, Scope } from '#platform/context.ts'
import { personal } from '#platform/contract/index.ts'
import { may } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Key } from './contract.ts'

// A key: good; expired by its date; revoked; or its maker works here no longer, and then it works again if the maker does.

/** Permissions that an actor could give to a key: the own ones, but those that make people or keys. */
export function grantable(actor: Actor): string[] {
  return [...permissionsOf('owner')].filter((one) => !personal.test(one) && may(actor.permissions, one))
}

/** What a key sees: its shops, as far as its maker sees them. */
export function narrowed(scope: Scope, shopIds: number[] | null): Scope {
  if (!shopIds) return scope
  if (scope.kind === 'all') return { kind: 'shops', shopIds }
  return { kind: 'shops', shopIds: scope.kind === 'shops' ? shopIds.filter((id) => scope.shopIds.includes(id)) : [] }
}

/** The keys, those that work first, the newest first; all, or one. At most 1,000. */
export async function keyList(ctx: Context, id?: number): Promise<Key[]> {
  const now = ctx.clock.machine()
  const { rows } = await sql<
    Omit<Key, 'maker' | 'madeAt' | 'expiresAt' | 'lastUsedAt'> & {
      makerId: number | null
      makerName: string | null
      makerActive: boolean
      madeAt: Date
      expiresAt: Date | null
      lastUsedAt: Date | null
    }
  >`
    select key.id, key.name, hint, permissions, key.scope_shop_ids as shop_ids, maker_id, staff.name as maker_name,
           coalesce(staff.deactivated_at is null, true) as maker_active, made_at, expires_at, last_used_at,
           case when revoked_at is not null then 'revoked'
                when expires_at <= ${now} then 'expired'
                when staff.deactivated_at is not null then 'maker_gone'
                else 'good' end as state
      from api_keys key left join staff on staff.id = maker_id
     ${id === undefined ? sql`` : sql`where key.id = ${id}`}
     order by revoked_at is not null or coalesce(expires_at <= ${now}, false), key.id desc limit 1000`.execute(ctx.db)
  return rows.map(({ makerId, makerName, makerActive, madeAt, expiresAt, lastUsedAt, ...row }) => ({
    ...row,
    maker: { id: makerId, name: makerName ?? '', active: makerActive },
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }))
}

/** @throws Refusal `keys.unknown_id` */
export async function keyOf(ctx: Context, id: number): Promise<Key> {
  const [found] = await keyList(ctx, id)
  if (!found) throw new Refusal('not_found', 'keys.unknown_id')
  return found
}
