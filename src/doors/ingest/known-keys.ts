import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/postgres/connect.ts'
import { hashOf, isWriteKey } from './write-key.ts'

export type KnownKey = { id: number; place: 'server' | 'browser' }

/** How long a key is remembered. That it has ended is found at once all the same: the insert asks. */
const rememberMs = 10_000
const mostRemembered = 1_000

const remembered = new WeakMap<Db, Map<string, KnownKey & { until: number }>>()

/** The key that a text is; undefined for what was never one, or has ended. One look-up each ten seconds. */
export async function knownKey(ctx: Context, text: string): Promise<KnownKey | undefined> {
  if (!isWriteKey(text)) return undefined
  const keys = remembered.get(ctx.db) ?? new Map<string, KnownKey & { until: number }>()
  remembered.set(ctx.db, keys)
  const now = ctx.clock.machine().getTime()
  const hash = hashOf(text)
  const name = hash.toString('base64')
  const before = keys.get(name)
  if (before && before.until > now) return before
  const { rows } = await sql<KnownKey>`
    select id, place from write_keys where token_hash = ${hash} and ended_at is null`.execute(ctx.db)
  keys.delete(name)
  if (!rows[0]) return undefined
  keys.set(name, { ...rows[0], until: now + rememberMs })
  if (keys.size > mostRemembered) keys.delete(keys.keys().next().value!)
  return rows[0]
}

/** Forgets what is remembered, where an insert has found a key ended. */
export function forgetKeys(ctx: Context): void {
  remembered.delete(ctx.db)
}
