import { sql } from 'kysely'
import { z } from 'zod'
import type { CustomerRow } from '#know/customers/contract.ts'
import { customersByIds, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { todayOf } from '#understand/query/index.ts'
import { segmentOf } from '../segment.ts'
import { type PickRecord, picksHeld, shownPicks } from './pick.ts'
import type { How, Pick } from './picks-contract.ts'

/** A page of those who were picked for a segment, or kept out of it, as it holds today. @throws Refusal `segments.unknown_one` */
export async function picksOf(
  ctx: Context,
  { id, how, limit, after }: { id: number; how: How; limit: number; after?: string },
): Promise<{ items: (Pick & { customer: CustomerRow })[]; next?: string }> {
  await segmentOf(ctx, id)
  const below = after === undefined ? null : readCursor(z.tuple([z.number().int().positive()]), after)[0]
  const held = picksHeld(sql<boolean>`pick.segment_id = ${id}`, await todayOf(ctx))
  const { rows } = await sql<PickRecord>`
    select held.* from (${held}) as held join customers on customers.id = held.customer_id
     where held.how = ${how} and (${below}::bigint is null or held.customer_id < ${below}) and ${visibleCustomers(ctx)}
     order by held.customer_id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const people = await customersByIds(
    ctx,
    page.map(({ customerId }) => customerId),
  )
  const shown = await shownPicks(ctx, page)
  return {
    items: page.flatMap(({ customerId }, at) => {
      const customer = people.find((one) => one.id === customerId)
      return customer ? [{ ...shown[at]!, customer }] : []
    }),
    next: rows.length > limit ? cursorOf(page.at(-1)!.customerId) : undefined,
  }
}

/** What holds today of one customer, by segment. The caller has made sure that the actor sees her. */
export async function picksOfCustomer(ctx: Context, customerId: number): Promise<Map<number, Pick>> {
  const { rows } =
    await sql<PickRecord>`${picksHeld(sql<boolean>`map.customer_id = ${customerId}`, await todayOf(ctx))}`.execute(
      ctx.db,
    )
  const shown = await shownPicks(ctx, rows)
  return new Map(rows.map(({ segmentId }, at) => [segmentId, shown[at]!]))
}
