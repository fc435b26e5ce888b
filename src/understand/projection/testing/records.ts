import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

export type MadeOrder = {
  day: string
  /** Minor units. */
  amount?: number
  kind?: 'sale' | 'cancellation' | 'adjustment'
  status?: 'open' | 'completed' | 'void'
  shopId?: number
  /** Amounts of its lines; one line of the whole amount unless told. */
  lines?: number[]
}

export type MadeCustomer = {
  country?: string
  city?: string
  gender?: 'female' | 'male'
  phone?: string
  added?: string
  orders?: MadeOrder[]
}

/**
 * Customers with one profile and some orders each, straight into the records: what other modules' verbs would leave there,
 * without their facts. A day is noon in Shanghai.
 * @returns the customers' ids in the given order
 */
export async function someCustomers(ctx: Context, customers: MadeCustomer[]): Promise<number[]> {
  const ids: number[] = []
  for (const { country, city, gender, phone, added = '2026-01-01', orders = [] } of customers) {
    const { rows } = await sql<{ customerId: number; profileId: number }>`
      with c as (
        insert into customers (country, city, gender, phone, created_at)
        values (${country ?? null}, ${city ?? null}, ${gender ?? null}, ${phone ?? null}, ${noon(added)})
        returning id
      ), p as (
        insert into profiles (source_id, external_id) select 1, 'made:' || id from c returning id
      ), m as (
        insert into profile_customers (profile_id, customer_id) select p.id, c.id from p, c
      )
      select c.id as customer_id, p.id as profile_id from c, p`.execute(ctx.db)
    const { customerId, profileId } = rows[0]!
    ids.push(customerId)
    for (const order of orders) await anOrder(ctx, profileId, order)
  }
  return ids
}

/**
 * Many customers by one statement, the same for the same seed: 0 to 6 orders each over three years before 2026-03-01, a tenth of
 * them cancellations and some void, amounts that often tie; a tenth of the customers without a purchase.
 */
export async function aCrowd(ctx: Context, count: number, seed = 1): Promise<void> {
  const dice = (...parts: string[]) =>
    sql.raw(`abs(hashint8extended(${parts.join(' * 1009 + ')}, ${Math.trunc(seed)}))`)
  await sql`
    with c as (
      insert into customers (country, created_at)
      select (array['China', 'France', null])[1 + ${dice('n', '1')} % 3], timestamptz '2023-03-01T12:00:00+08' + ${dice('n', '2')} % 1000 * interval '1 day'
        from generate_series(1, ${count}::int) as n
      returning id
    ), p as (
      insert into profiles (source_id, external_id) select 1, 'crowd:' || id from c returning id, substr(external_id, 7)::bigint as customer_id
    ), m as (
      insert into profile_customers (profile_id, customer_id) select id, customer_id from p
    ), o as (
      insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
      select p.id, 1, 1, p.id || '-' || i, kind, case when ${dice('p.customer_id', 'i', '5')} % 20 = 0 then 'void' else 'completed' end,
             day::timestamptz, day, case when kind = 'sale' then 1 else -1 end * (1 + ${dice('p.customer_id', 'i', '6')} % 8) * 500, 1
        from p, generate_series(1, (${dice('p.customer_id', '7')} % 7)::int) as i,
             lateral (select case when ${dice('p.customer_id', 'i', '3')} % 10 = 0 then 'cancellation' else 'sale' end as kind,
                             date '2023-03-02' + (${dice('p.customer_id', 'i', '4')} % 1095)::int as day) as made
      returning id, amount
    )
    insert into order_lines (order_id, line, kind, quantity, unit_price, amount) select id, 1, 'goods', 1, amount / 100.0, amount from o`.execute(
    ctx.db,
  )
}

/** An order of a profile. @returns its id */
export async function anOrder(ctx: Context, profileId: number, order: MadeOrder): Promise<number> {
  const { day, amount = 10_000, kind = 'sale', status = 'completed', shopId = 1, lines = [amount] } = order
  const total = lines.reduce((sum, one) => sum + one, 0)
  const { rows } = await sql<{ id: number }>`
    with o as (
      insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
      values (${profileId}, 1, ${shopId}, gen_random_uuid()::text, ${kind}, ${status}, ${noon(day)}, ${day}, ${total}, ${lines.length})
      returning id
    ), l as (
      insert into order_lines (order_id, line, kind, quantity, unit_price, amount)
      select o.id, line, 'goods', 1, amount / 100.0, amount
        from o, unnest(${lines}::bigint[]) with ordinality as made(amount, line)
    )
    select id from o`.execute(ctx.db)
  return rows[0]!.id
}

/** A sale to nobody known, as of a till: a profile that the map does not hold. */
export async function anAnonymousOrder(ctx: Context, order: MadeOrder): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into profiles (source_id, external_id) values (1, 'order:' || gen_random_uuid()) returning id`.execute(
    ctx.db,
  )
  return anOrder(ctx, rows[0]!.id, order)
}

/** The profile of a customer who has one. */
export async function profileOf(ctx: Context, customerId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select min(profile_id) as id from profile_customers where customer_id = ${customerId}`.execute(ctx.db)
  return rows[0]!.id
}

/** Changes the map entry of a profile: all that a merge or its undo changes. */
export async function giveProfile(ctx: Context, profileId: number, customerId: number): Promise<void> {
  await sql`
    update profile_customers set customer_id = ${customerId}, xid = pg_current_xact_id()
     where profile_id = ${profileId}`.execute(ctx.db)
}

/** Rows of the columns, as they stand. */
export async function rowsOf<T>(ctx: Context, query: string): Promise<T[]> {
  return (await ctx.columns.query({ query, format: 'JSONEachRow' })).json<T>()
}

function noon(day: string): string {
  return `${day}T12:00:00+08:00`
}
