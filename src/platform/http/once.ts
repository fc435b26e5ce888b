import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { note } from '../audit/index.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { Refusal } from '../refusal.ts'
import type { RequestContext } from './request.ts'

type Answered = { requestHash: string; body: unknown; headers: Record<string, string> }

/**
 * Runs an effect once per Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): the key's row and the effect
 * commit together. The same key with the same request replays the stored answer; with another request it is refused.
 * A refusal is not stored: nothing happened, so the corrected request may use the key again.
 * @throws Refusal `http.key_required`, `http.key_reused`, `http.key_busy`
 */
export async function once(
  ctx: RequestContext,
  route: string,
  input: unknown,
  effect: (ctx: RequestContext) => Promise<unknown>,
): Promise<unknown> {
  const key = ctx.request.headers.get('idempotency-key')?.replace(/^"(.*)"$/, '$1')
  if (!key || key.length > 255) throw new Refusal('precondition', 'http.key_required')
  const principal = ctx.actor.kind === 'nobody' ? `ip:${ctx.request.ip}` : ctx.actor.label
  const hash = createHash('sha256')
    .update(JSON.stringify(input ?? null))
    .digest('hex')

  return inTransaction(ctx, async (ctx) => {
    const { rows: locks } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`${principal} ${route} ${key}`}, 0)) as got`.execute(ctx.db)
    if (!locks[0]?.got) throw new Refusal('conflict', 'http.key_busy')

    const { rows } = await sql<Answered>`
      select request_hash, body, headers from answered_requests
       where principal = ${principal} and route = ${route} and key = ${key}`.execute(ctx.db)
    const before = rows[0]
    if (before) {
      if (before.requestHash !== hash) throw new Refusal('invalid', 'http.key_reused')
      for (const [name, value] of Object.entries(before.headers)) ctx.answer.set(name, value)
      ctx.answer.set('idempotency-replayed', 'true')
      note(ctx, { data: { replayed: true } })
      return before.body
    }

    const body = await effect(ctx)
    // Cookies are secrets of one answer; they are never stored.
    const headers = Object.fromEntries([...ctx.answer].filter(([name]) => name !== 'set-cookie'))
    await sql`
      insert into answered_requests (principal, route, key, request_hash, status, body, headers)
      values (${principal}, ${route}, ${key}, ${hash}, 200, ${JSON.stringify(body ?? null)}::jsonb, ${JSON.stringify(headers)}::jsonb)`.execute(
      ctx.db,
    )
    return body
  })
}
