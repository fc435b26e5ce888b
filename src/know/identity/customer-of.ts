import { sql } from 'kysely'
import { unknownCustomer, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'

/** The customer whom an id leads to today: itself, or the survivor of its merges. @throws Refusal `customers.unknown` */
export async function customerOf(ctx: Context, id: number): Promise<number> {
  return (await customersOf(ctx, [id])).get(id)!
}

/** The same of many, by one statement. @throws Refusal `customers.unknown` for the first that is not there, or not the actor's to see */
export async function customersOf(ctx: Context, ids: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; survivor: number }>`
    select asked.id, customers.id as survivor
      from customers as asked join customers on customers.id = coalesce(asked.merged_into, asked.id)
     where asked.id = any(${ids}::bigint[]) and ${visibleCustomers(ctx)}`.execute(ctx.db)
  const survivors = new Map(rows.map((row) => [row.id, row.survivor]))
  for (const id of ids) if (!survivors.has(id)) throw unknownCustomer(id)
  return survivors
}
