import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { MadeKey, NewKey } from './contract.ts'
import { keyMade } from './facts.ts'
import { grantable, keyOf, narrowed } from './key.ts'
import { hashOf, newKey } from './token.ts'

/**
 * Makes a key for a program, with permissions and shops of the maker's own. The key stands in the answer and nowhere else.
 * @throws Refusal `keys.beyond_you`, `keys.unknown_shop`
 */
export function makeKey(ctx: Context, { name, permissions, shopIds, days }: NewKey): Promise<MadeKey> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, clock } = ctx
    const own = new Set(grantable(actor))
    if (permissions.some((one) => !own.has(one))) throw new Refusal('forbidden', 'keys.beyond_you')
    await refuseShops(ctx, shopIds)
    const key = newKey()
    const now = clock.machine()
    const expiresAt = days === null ? null : new Date(now.getTime() + days * 86_400_000)
    const makerId = actor.kind === 'staff' ? (actor.id ?? null) : null
    const { rows } = await sql<{ id: number }>`
      insert into api_keys (name, token_hash, hint, permissions, scope_shop_ids, maker_id, made_by, made_at, expires_at)
      values (${name}, ${hashOf(key)}, ${key.slice(-4)}, ${[...new Set(permissions)].sort()}, ${shopIds}, ${makerId},
              ${actor.label}, ${now}, ${expiresAt})
      returning id`.execute(ctx.db)
    const { id } = rows[0]!
    await announce(ctx, keyMade, { subjectId: id, data: { permissions, shops: shopIds?.length ?? null, days } })
    return { ...(await keyOf(ctx, id)), key }
  })
}

/** A shop that the maker does not see is as unknown as one that is not there. */
async function refuseShops(ctx: Context, shopIds: number[] | null): Promise<void> {
  if (!shopIds) return
  const seen = narrowed(ctx.actor.scope, shopIds)
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from shops where id = any(${seen.kind === 'shops' ? seen.shopIds : []})`.execute(
    ctx.db,
  )
  if (rows[0]!.known !== new Set(shopIds).size) throw new Refusal('invalid', 'keys.unknown_shop')
}
