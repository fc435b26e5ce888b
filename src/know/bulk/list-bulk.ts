import { sql } from 'kysely'
import { z } from 'zod'
import type { CustomerRow } from '#know/customers/contract.ts'
import { customersByIds, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { actOf, actsBefore, shownActs } from './act.ts'
import type { BulkAct, bulkPeople } from './contract.ts'

type Page = { limit: number; after?: string }
const place = z.tuple([z.number()])

/** Acts, newest first. */
export async function listBulk(
  ctx: Context,
  { limit, after }: Page,
): Promise<{ items: BulkAct[]; next: string | undefined }> {
  const last = after ? readCursor(place, after) : undefined
  const records = await actsBefore(ctx, last?.[0], limit + 1)
  const page = records.slice(0, limit)
  const end = page.at(-1)
  return { items: await shownActs(ctx, page), next: records.length > limit && end ? cursorOf(end.id) : undefined }
}

/** @throws Refusal `bulk.unknown` */
export async function getBulk(ctx: Context, id: number): Promise<BulkAct> {
  return (await shownActs(ctx, [await actOf(ctx, id)]))[0]!
}

/** Whom of an act the actor sees now. A person who was merged since is not among them. @throws Refusal `bulk.unknown` */
export async function bulkPeopleOf(
  ctx: Context,
  { id, state, limit, after }: Page & { id: number; state: (typeof bulkPeople)[number] },
): Promise<{ items: CustomerRow[]; next: string | undefined }> {
  await actOf(ctx, id)
  const last = after ? readCursor(place, after) : undefined
  const { rows } = await sql<{ id: number }>`
    select customers.id from bulk_people person join customers on customers.id = person.customer_id
     where person.act_id = ${id} and person.state = ${state} and ${visibleCustomers(ctx)}
       ${last ? sql`and person.customer_id > ${last[0]}` : sql``}
     order by person.customer_id limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit).map((row) => row.id)
  const end = page.at(-1)
  return { items: await customersByIds(ctx, page), next: rows.length > limit && end ? cursorOf(end) : undefined }
}
