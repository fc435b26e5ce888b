import { sql } from 'kysely'
import type { z } from 'zod'
import { noteFacts } from '../audit/trail.ts'
import type { Context } from '../context.ts'

/** A kind of fact that a module announces: its name in the past tense and the shape of its data. */
export type FactKind<T = unknown> = { kind: `${string}.${string}`; data: z.ZodType<T> }

/** Declares a kind of fact. @example export const orderPlaced = fact('orders.placed', z.object({ amount: z.int() })) */
export function fact<T>(kind: `${string}.${string}`, data: z.ZodType<T>): FactKind<T> {
  return { kind, data }
}

export type Announcement<T> = {
  profileId?: number
  subjectId?: number
  /** When it became true, in shop time; now unless told. */
  at?: Date
  cause?: number
  historic?: boolean
  data: T
}

/**
 * Appends a fact in the transaction of the change that made it true. Data holds ids and numbers, no personal values:
 * those stand in the tables of their module, where erasing a person reaches them.
 * @throws Error outside a transaction: a fact without its change is a bug
 */
export async function announce<T>(ctx: Context, kind: FactKind<T>, announcement: Announcement<T>): Promise<void> {
  await announceAll(ctx, kind, [announcement])
}

/** Appends many facts of one kind by one statement. */
export async function announceAll<T>(ctx: Context, kind: FactKind<T>, announcements: Announcement<T>[]): Promise<void> {
  if (!ctx.db.isTransaction) throw new Error(`${kind.kind} announced outside a transaction`)
  if (announcements.length === 0) return
  noteFacts(ctx, kind.kind, announcements)
  const now = ctx.clock.now()
  const rows = announcements.map((one) => ({
    at: (one.at ?? now).toISOString(),
    profile_id: one.profileId ?? null,
    subject_id: one.subjectId ?? null,
    cause: one.cause ?? null,
    historic: one.historic ?? false,
    data: kind.data.parse(one.data),
  }))
  // Asked once: the column's own default asks for each row.
  await sql`
    insert into facts (epoch, at, kind, profile_id, subject_id, actor, cause, historic, data)
    select (select current_epoch()), at, ${kind.kind}, profile_id, subject_id, ${ctx.actor.label}, cause, historic, data
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(at timestamptz, profile_id bigint, subject_id bigint, cause bigint, historic boolean, data jsonb)`.execute(
    ctx.db,
  )
}
