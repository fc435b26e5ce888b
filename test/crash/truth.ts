import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** What the records and the columns hold when all is calm, by the clients' marks. */
export type Truth = {
  customers: { id: number; mark: string; version: number; note: string | null }[]
  orders: { id: number; mark: string; kind: string; amount: number; cancelsId: number | null }[]
  /** What was said of a customer's notes, in the order of the history. */
  edits: { customerId: number; old: string | null; new: string | null }[]
  /** Facts of each subject, and how often the listener heard each. */
  facts: { id: number; kind: string; subjectId: number; heard: number }[]
  /** Orders and lines of the records beside those of the columns. */
  sums: { orders: number; amount: number; lines: number; customers: number }
  columns: { orders: number; amount: number; lines: number; customers: number }
}

/** Reads it. Only after the columns and the listener have caught up. */
export async function readTruth(ctx: Context): Promise<Truth> {
  const customers = await sql<Truth['customers'][number]>`
    select id, name as mark, version, notes as note from (
      select c.id, c.name, c.version,
             (select v.value #>> '{}' from profile_customers m join profile_values v using (profile_id)
               where m.customer_id = c.id and v.field = 'notes' limit 1) as notes
        from customers c) as c where name like 'mark %' order by id`.execute(ctx.db)
  const orders = await sql<Truth['orders'][number]>`
    select id, number as mark, kind, amount, cancels_id from orders order by id`.execute(ctx.db)
  const edits = await sql<Truth['edits'][number]>`
    select m.customer_id, h.old #>> '{}' as old, h.new #>> '{}' as new
      from profile_value_changes h join profile_customers m using (profile_id)
     where h.field = 'notes' order by h.id`.execute(ctx.db)
  const facts = await sql<Truth['facts'][number]>`
    select f.id, f.kind, f.subject_id, (select count(*) from crash.heard h where h.fact_id = f.id) as heard
      from facts f where f.kind in ('orders.placed', 'orders.cancelled', 'customers.added', 'customers.changed') and not f.historic
     order by f.id`.execute(ctx.db)
  const sums = await sql<Truth['sums']>`
    select (select count(*) from orders) as orders, (select coalesce(sum(amount), 0)::bigint from orders) as amount,
           (select count(*) from order_lines) as lines, (select count(*) from customers) as customers`.execute(ctx.db)
  const one = async (query: string) => {
    const answer = await ctx.columns.query({ query, format: 'JSONEachRow' })
    return (await answer.json<Record<string, number | string>>())[0]!
  }
  const orderSums = await one('SELECT count() AS orders, sum(amount) AS amount FROM orders FINAL')
  const lineSums = await one('SELECT count() AS lines FROM order_lines FINAL')
  const peopleSums = await one('SELECT count() AS customers FROM customers FINAL')
  return {
    customers: customers.rows,
    orders: orders.rows,
    edits: edits.rows,
    facts: facts.rows,
    sums: sums.rows[0]!,
    columns: {
      orders: Number(orderSums.orders),
      amount: Number(orderSums.amount),
      lines: Number(lineSums.lines),
      customers: Number(peopleSums.customers),
    },
  }
}
