import { type RawBuilder, sql } from 'kysely'
import { shownField, visibleCustomers } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { activeStaff } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PromiseRow } from './contract.ts'

// open → closed (kept, or let go) → open again, where closing was a slip. An open one moves to other days and people.

/** Today in the shop's zone. */
export async function todayOf(ctx: Context): Promise<string> {
  return dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
}

/** A promise as Postgres gives it. */
export type PromiseRecord = Omit<PromiseRow, 'madeAt' | 'closedAt'> & { madeAt: Date; closedAt: Date | null }

/** Of `promises p`, with the map as `map` where there is one. */
export const promiseColumns: RawBuilder<PromiseRecord> = sql`
  p.id, map.customer_id, p.talk_id, p.kind, p.what, p.due_on, p.staff_id, p.made_at, p.closed_at, p.kept, p.version`

/** A record as the contract shows it to this actor: words are notes of a person. A field to confirm is no words. */
export function shownPromise({ actor }: Context, { madeAt, closedAt, ...record }: PromiseRecord): PromiseRow {
  return {
    ...record,
    what: record.kind === 'confirm' ? record.what : shownField(actor, 'notes', record.what),
    madeAt: madeAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }
}

/** A promise of a customer whom the actor sees. @throws Refusal `talks.no_promise` */
export async function promiseOf(ctx: Context, id: number): Promise<PromiseRow> {
  const { rows } = await sql<PromiseRecord>`
    select ${promiseColumns} from promises p
      join profile_customers map on map.profile_id = p.profile_id join customers on customers.id = map.customer_id
     where p.id = ${id} and ${visibleCustomers(ctx)}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'talks.no_promise')
  return shownPromise(ctx, rows[0])
}

export type Locked = Pick<PromiseRecord, 'id' | 'kind' | 'customerId' | 'closedAt'> & { profileId: number }

/**
 * Locks a promise for an edit; the second of two finds a newer version.
 * @throws Refusal `talks.no_promise`, `http.stale`
 */
export async function lockedPromise(ctx: Context, id: number, version: number): Promise<Locked> {
  const { rows } = await sql<Locked & { version: number }>`
    select p.id, p.kind, p.profile_id, p.closed_at, p.version, map.customer_id from promises p
      join profile_customers map on map.profile_id = p.profile_id join customers on customers.id = map.customer_id
     where p.id = ${id} and ${visibleCustomers(ctx)} for update of p`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'talks.no_promise')
  if (rows[0].version !== version) throw new Refusal('stale', 'http.stale')
  return rows[0]
}

/** Who keeps a promise is somebody who works here now. @throws Refusal `talks.unknown_staff` */
export async function refuseUnknownStaff(ctx: Context, ids: readonly (number | undefined)[]): Promise<void> {
  const asked = [...new Set(ids.filter((id) => id !== undefined))]
  if (asked.length === 0) return
  if ((await activeStaff(ctx, asked)).length < asked.length) throw new Refusal('invalid', 'talks.unknown_staff')
}
