import { sql } from 'kysely'
import { isOwnKey } from '#know/fields/contract.ts'
import type { Context } from '#platform/context.ts'
import type { AnyColumn, CustomerRow } from './contract.ts'
import { type CustomerRecord, customerColumns, shown } from './customer.ts'
import { type AnyField, type FieldKey, fieldOf, fields, type SomeValues } from './field.ts'
import { sensitiveOwn } from './own-values.ts'
import { chosenValues } from './refresh.ts'
import { visibleCustomers } from './scope.ts'
import { shownMore } from './sight.ts'

/**
 * Rows of the given customers in the given order, for lists that are found elsewhere (the columns, a search). Ids that are not
 * there or not the actor's are left out.
 * @param options.columns what the list shows; fields beyond the row cost one more read of their values
 */
export async function customersByIds(
  ctx: Context,
  ids: readonly number[],
  { columns = [] }: { columns?: readonly AnyColumn[] } = {},
): Promise<CustomerRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<CustomerRecord>`
    select ${customerColumns}
      from unnest(${ids}::bigint[]) with ordinality as wanted(id, place) join customers on customers.id = wanted.id
     where ${visibleCustomers(ctx)}
     order by wanted.place`.execute(ctx.db)
  return withMore(
    ctx,
    rows.map((row) => shown(ctx, row)),
    columns,
  )
}

/** Adds the fields that do not stand in the row. */
export async function withMore(
  ctx: Context,
  rows: CustomerRow[],
  columns: readonly AnyColumn[],
): Promise<CustomerRow[]> {
  const wanted = columns.filter(
    (column): column is AnyField => isOwnKey(column) || (column in fields && !fieldOf(column as FieldKey).shown),
  )
  if (wanted.length === 0 || rows.length === 0) return rows
  const more = new Map<number, SomeValues>(rows.map((row) => [row.id, {}]))
  const { rows: values } = await sql<{ customerId: number; field: AnyField; value: never }>`
    select customer_id, field, value from (${chosenValues([...more.keys()], wanted)}) as chosen`.execute(ctx.db)
  for (const { customerId, field, value } of values) more.get(customerId)![field] = value
  const sensitive = await sensitiveOwn(ctx, wanted)
  return rows.map((row) => shownMore(ctx, { ...row, more: more.get(row.id) }, sensitive))
}
