import type { Context } from '../context.ts'

/** An entry as it stands in the database; `at` to the microsecond in UTC. */
export type Sealed = {
  id: number
  at: string
  actor: string
  ip: string | null
  requestId: string | null
  action: string
  outcome: string
  object: string | null
  objectId: string | null
  times: number
  rows: number | null
  reason: string | null
  data: unknown
}

/** Its columns, from `audit_entries e`. `shown` is not among them: it may go. */
export const sealedColumns = `e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor, e.ip,
  e.request_id::text as request_id, e.action, e.outcome, e.object, e.object_id, e.times, e.rows, e.reason, e.data`

/** What the first link is tied to. */
export const beginning = Buffer.alloc(32)

/**
 * The link of an entry: an HMAC under the house's key over the link before, the entry's number and all that it says. Who holds
 * the database but not the key can change neither an entry nor the order nor leave one out, without every later link failing.
 */
export function linkOf({ secrets }: Pick<Context, 'secrets'>, before: Buffer, number: number, entry: Sealed): Buffer {
  return secrets.mac(Buffer.concat([before, Buffer.from(canonical([number, entry]))]), 'audit chain')
}

/** JSON with its keys in order, so that the same content is the same text whoever wrote it. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
