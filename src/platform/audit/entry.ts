import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Outcome } from './outcomes.ts'

/** What the audit log says of one act, denial or look. */
export type Entry = {
  /** The label of who did it; that of the context unless told. */
  actor?: string
  /** The address of the request; null where none asked. */
  ip?: string | null
  requestId?: string | null
  /** module.endpoint, or what a program did. */
  action: string
  outcome: Outcome
  /** What kind of thing, and which: `customers`, `12`. */
  object?: string | null
  objectId?: string | null
  /** The same within a minute, together. */
  times?: number
  /** How many people or rows were shown or written. */
  rows?: number | null
  reason?: string | null
  /** No personal values: ids, counts, columns, keyed hashes. The chain covers it. */
  data?: Record<string, unknown>
  /** Personal values, masked. The chain does not cover it, so that it can go with the person. */
  shown?: Record<string, unknown>
}

/**
 * Appends an entry: in the transaction of the act where there is one, so that both are there or neither. One statement, no lock:
 * its place in the chain is given later (seal.ts).
 */
export async function append(ctx: Context, entry: Entry): Promise<void> {
  const { ip = null, requestId = null } = { ...ctx.trail?.entry, ...entry }
  await sql`
    insert into audit_entries (at, actor, ip, request_id, action, outcome, object, object_id, times, rows, reason, data, shown)
    values (${ctx.clock.machine()}, ${entry.actor ?? ctx.actor.label}, ${ip}, ${requestId},
            ${entry.action}, ${entry.outcome}, ${entry.object ?? null}, ${entry.objectId ?? null}, ${entry.times ?? 1},
            ${entry.rows ?? null}, ${entry.reason ?? null}, ${JSON.stringify(entry.data ?? {})}::jsonb,
            ${entry.shown === undefined ? null : JSON.stringify(entry.shown)}::jsonb)`.execute(ctx.db)
}

/**
 * What stands in an entry for a personal value: the same value has the same mark, and only who holds the house's key can tell
 * which value it is. Null for nothing.
 */
export function markOf(ctx: Pick<Context, 'secrets'>, value: unknown): string | null {
  if (value === null || value === undefined) return null
  return ctx.secrets.mac(JSON.stringify(value), 'audit personal').toString('hex').slice(0, 32)
}
