import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { problemsFrom } from './problems.ts'

// Files that tests of the import begin with, and what stands in the records after them.

export const header = 'Order,Date,Customer,Code,Item,Qty,Price\n'
export const march = `${header}A1,2026-02-03 10:00,k1,T1,Green tea,2,12.50\nA1,2026-02-03 10:01,k1,POST,Postage,1,8\nA2,2026-02-04 09:00,,T2,Black tea,1,20\n`

export async function ordersOf(ctx: Context) {
  const { rows } = await sql<Record<string, unknown>>`
    select o.number, o.kind, o.status, o.amount, o.line_count, o.day::text, p.external_id, o.version
      from orders o join profiles p on p.id = o.profile_id order by o.number`.execute(ctx.db)
  return rows
}

export async function rowsOf(ctx: Context, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(ctx.db)
  return rows[0]!.count
}

export async function problemsOf(ctx: Context, id: number) {
  return (await problemsFrom(ctx, id, 0, 100)).map(({ row, reason, columnName, value }) => [
    row,
    reason,
    columnName,
    value,
  ])
}
