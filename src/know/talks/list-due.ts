import { sql } from 'kysely'
import { z } from 'zod'
import { customersByIds, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor, shape } from '#platform/contract/index.ts'
import { addDays } from '#platform/days.ts'
import type { DueItem } from './contract.ts'
import { type PromiseRecord, promiseColumns, shownPromise, todayOf } from './promise.ts'

type Asked = { limit: number; after?: string; whose: 'own' | 'all'; ahead: number }

/**
 * What is to be done by a day, the longest due first, with for whom. One's own is what one keeps oneself; of the customers whom
 * one looks after, what nobody else keeps, or who did no longer works here.
 */
export async function listDue(
  ctx: Context,
  { limit, after, whose, ahead }: Asked,
): Promise<{ items: DueItem[]; next: string | undefined; today: string }> {
  const today = await todayOf(ctx)
  const last = after ? readCursor(z.tuple([shape.day, z.number()]), after) : undefined
  const me = ctx.actor.kind === 'staff' ? (ctx.actor.id ?? 0) : 0
  const own = sql`and (p.staff_id = ${me} or (customers.owner_id = ${me}
    and (p.staff_id is null or exists (select from staff where staff.id = p.staff_id and staff.deactivated_at is not null))))`
  const { rows } = await sql<PromiseRecord>`
    select ${promiseColumns} from promises p
      join profile_customers map on map.profile_id = p.profile_id join customers on customers.id = map.customer_id
     where p.closed_at is null and p.due_on <= ${addDays(today, ahead)}::date and ${visibleCustomers(ctx)}
       ${whose === 'own' ? own : sql``}
       ${last ? sql`and (p.due_on, p.id) > (${last[0]}::date, ${last[1]})` : sql``}
     order by p.due_on, p.id limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const people = await customersByIds(ctx, [...new Set(page.map((row) => row.customerId!))])
  const byId = new Map(people.map((one) => [one.id, one]))
  return {
    items: page.flatMap((row) => {
      const customer = byId.get(row.customerId!)
      return customer ? [{ ...shownPromise(ctx, row), customer }] : []
    }),
    next: rows.length > limit && end ? cursorOf(end.dueOn, end.id) : undefined,
    today,
  }
}
