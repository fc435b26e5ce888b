import { sql } from 'kysely'
import { z } from 'zod'
import type { CustomerRow } from '#know/customers/contract.ts'
import { actorNames, customersByIds, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { everIn, stateOf, statesHeld } from './state.ts'

type Row = { customerId: number; why: string; at: Date; actor: string; moveId: number }
type Person = { customer: CustomerRow; since: string; why: string; actorName: string | null }

/** Who has a state, of whom the actor sees, the latest first. @throws Refusal `states.unknown` */
export async function peopleIn(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: Person[]; next?: string }> {
  await stateOf(ctx, id)
  const before = after === undefined ? null : readCursor(z.tuple([z.number().int().positive()]), after)[0]
  const { rows } = await sql<Row>`
    select h.customer_id, h.why, h.at, h.actor, h.move_id
      from (${statesHeld(everIn(sql`${id}::integer`))}) h join customers on customers.id = h.customer_id
     where h.state_id = ${id} and ${visibleCustomers(ctx)} and (${before}::bigint is null or h.move_id < ${before}::bigint)
     order by h.move_id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const [shown, names] = await Promise.all([
    customersByIds(
      ctx,
      page.map(({ customerId }) => customerId),
    ),
    actorNames(
      ctx,
      page.map(({ actor }) => actor),
    ),
  ])
  const byId = new Map(shown.map((customer) => [customer.id, customer]))
  return {
    items: page.flatMap(({ customerId, why, at, actor }) => {
      const customer = byId.get(customerId)
      return customer ? [{ customer, since: at.toISOString(), why, actorName: names.get(actor) ?? null }] : []
    }),
    next: rows.length > limit ? cursorOf(page.at(-1)!.moveId) : undefined,
  }
}
