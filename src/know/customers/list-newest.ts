import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { AnyColumn, CustomerRow } from './contract.ts'
import { type CustomerRecord, customerColumns, shown } from './customer.ts'
import { withMore } from './customers-by-ids.ts'
import { visibleCustomers } from './scope.ts'

type Page = { items: CustomerRow[]; next: string | undefined }

/**
 * A page of the actor's customers, newest first. The cursor is the last row's place in that order, so rows added meanwhile
 * neither repeat nor skip any.
 */
export async function listNewest(
  ctx: Context,
  { limit, after, columns = [] }: { limit: number; after?: string; columns?: AnyColumn[] },
): Promise<Page> {
  // The instant as text: a JavaScript Date would cut its microseconds and repeat rows.
  const last = after ? readCursor(z.tuple([z.literal('newest'), z.string(), z.number()]), after) : undefined
  const { rows } = await sql<CustomerRecord & { place: string }>`
    select ${customerColumns}, customers.created_at::text as place
      from customers
     where ${visibleCustomers(ctx)}
       ${last ? sql`and (customers.created_at, customers.id) < (${last[1]}::timestamptz, ${last[2]})` : sql``}
     order by customers.created_at desc, customers.id desc
     limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  return {
    items: await withMore(
      ctx,
      page.map(({ place, ...row }) => shown(ctx, row)),
      columns,
    ),
    next: rows.length > limit && end ? cursorOf('newest', end.place, end.id) : undefined,
  }
}
