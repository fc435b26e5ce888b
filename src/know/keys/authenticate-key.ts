import { sql } from 'kysely'
import { staffActor } from '#know/staff/index.ts'
import { type Actor, type Context, systemActor } from '#platform/context.ts'
import { type Guess, may } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { grantable, narrowed } from './key.ts'
import { hashOf, isKey } from './token.ts'

type Row = {
  id: number
  permissions: string[]
  scopeShopIds: number[] | null
  makerId: number | null
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
}

/** `last_used_at` is written at most so often, so that reading does not write. */
const usedEveryMs = 60_000
/** So many keys that worked are remembered, by their hash: they need not pass the count of guesses. */
const mostKnown = 1000

export type KeyAuthentication = (ctx: Context, headers: Headers, guess: Guess) => Promise<Actor | undefined>

/**
 * Who sends `Authorization: Bearer reg_live_…`; undefined without such a header (another scheme is a proxy's own). Every
 * request reads the key's row and its maker's, so that revocation, demotion and deactivation count at once in all processes.
 * Unknown keys are counted by address before they are looked up; one that has worked here is not, so that a neighbour who
 * guesses does not stop the till.
 * @throws Refusal `keys.unknown`, `keys.expired`, `keys.revoked`, `keys.maker_gone`, `http.too_many`
 */
export function keyAuthentication(): KeyAuthentication {
  const known = new Set<string>()
  return async (ctx, headers, guess) => {
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '') ?? []
    if (token === undefined) return undefined
    const hash = hashOf(token)
    const name = hash.toString('base64')
    const trusted = known.has(name)
    if (!trusted) guess.count()
    const row = isKey(token) ? await rowOf(ctx, hash) : undefined
    if (!row) throw new Refusal('unauthenticated', 'keys.unknown')
    if (!trusted) guess.wasRight()
    known.add(name)
    if (known.size > mostKnown) known.delete(known.values().next().value!)
    return actorOf(ctx, row)
  }
}

async function rowOf(ctx: Context, hash: Buffer): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select id, permissions, scope_shop_ids, maker_id, expires_at, last_used_at, revoked_at
      from api_keys where token_hash = ${hash}`.execute(ctx.db)
  return rows[0]
}

async function actorOf(ctx: Context, row: Row): Promise<Actor> {
  const now = ctx.clock.machine()
  if (row.revokedAt) throw new Refusal('unauthenticated', 'keys.revoked')
  if (row.expiresAt && row.expiresAt <= now) throw new Refusal('unauthenticated', 'keys.expired')
  const maker = row.makerId === null ? systemActor : await staffActor(ctx, row.makerId)
  if (!maker) throw new Refusal('unauthenticated', 'keys.maker_gone')
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() >= usedEveryMs) {
    await sql`update api_keys set last_used_at = ${now}
               where id = ${row.id} and last_used_at is not distinct from ${row.lastUsedAt}`.execute(ctx.db)
  }
  const { id: _, ...seen } = maker
  const own = new Set(grantable(maker))
  return {
    ...seen,
    kind: 'key',
    label: `key:${row.id}`,
    permissions: new Set(row.permissions.filter((one) => may(own, one))),
    scope: narrowed(maker.scope, row.scopeShopIds),
  }
}
