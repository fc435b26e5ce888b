import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerRow } from './contract.ts'
import { visibleCustomers } from './scope.ts'
import { shownRow } from './sight.ts'

/** A customer as Postgres gives it. */
export type CustomerRecord = Omit<CustomerRow, 'createdAt' | 'more'> & { createdAt: Date }

/** The row of a list, from `customers`. */
export const customerColumns: RawBuilder<CustomerRecord> = sql`
  customers.id, customers.name, customers.number, customers.gender, customers.phone, customers.email, customers.country,
  customers.province, customers.city, customers.owner_id, customers.created_at, customers.version,
  case when customers.birth_calendar is not null then jsonb_strip_nulls(jsonb_build_object(
    'calendar', customers.birth_calendar, 'year', customers.birth_year, 'month', customers.birth_month,
    'leap', case when customers.birth_leap then true end, 'day', customers.birth_day)) end as birthday`

/** A record as the contract shows it to this actor. */
export function shown<T extends CustomerRecord>(ctx: Context, record: T): Omit<T, 'createdAt'> & { createdAt: string } {
  return shownRow(ctx, { ...record, createdAt: record.createdAt.toISOString() })
}

/** The refusal for a customer that is not there, or not this actor's to see: the same. */
export function unknownCustomer(id: number): Refusal {
  return new Refusal('not_found', 'customers.unknown', { id })
}

/** Whom an id leads to, as SQL: itself, or whom it was merged into. Reads take old ids, edits do not. */
export function survivorOf(id: number): RawBuilder<number> {
  return sql<number>`(select coalesce(merged_into, id) from customers as asked where asked.id = ${id})`
}

/**
 * Locks a customer for an edit until the transaction ends; the second of two editors waits here, then finds a newer version.
 * @throws Refusal `customers.unknown`, `http.stale`
 */
export async function lockedForEdit(ctx: Context, id: number, version: number): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select version from customers where id = ${id} and ${visibleCustomers(ctx)} for update of customers`.execute(ctx.db)
  if (!rows[0]) throw unknownCustomer(id)
  if (rows[0].version !== version) throw new Refusal('stale', 'http.stale')
}

/**
 * Locks a customer until the transaction ends, for what is added to it whatever else changed meanwhile.
 * @throws Refusal `customers.unknown`
 */
export async function lockCustomer(ctx: Context, id: number): Promise<void> {
  const { rows } = await sql`
    select from customers where id = ${id} and ${visibleCustomers(ctx)} for update of customers`.execute(ctx.db)
  if (rows.length === 0) throw unknownCustomer(id)
}

/** The profiles of a customer that this actor may see; an id that was merged leads to the survivor. @throws Refusal `customers.unknown` */
export async function seenProfiles(ctx: Context, id: number): Promise<number[]> {
  const { rows } = await sql<{ ids: number[] }>`
    select array(select profile_id from profile_customers where customer_id = customers.id)::bigint[] as ids
      from customers where id = ${survivorOf(id)} and ${visibleCustomers(ctx)}`.execute(ctx.db)
  if (!rows[0]) throw unknownCustomer(id)
  return rows[0].ids.map(Number)
}
