import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { actorNames } from './actor-names.ts'
import type { OwnerChange } from './contract.ts'
import { seenProfiles } from './customer.ts'

type Row = Omit<OwnerChange, 'at' | 'actorName'> & { at: Date }

/** Who looked after a customer, newest first. @throws Refusal `customers.unknown` */
export async function listOwners(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: OwnerChange[]; next: string | undefined }> {
  await seenProfiles(ctx, id)
  const last = after ? readCursor(z.tuple([z.number()]), after)[0] : Number.MAX_SAFE_INTEGER
  const { rows } = await sql<Row>`
    select id, from_id, to_id, note, actor, at from customer_owner_changes
     where customer_id = ${id} and id < ${last} order by id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const names = await actorNames(
    ctx,
    page.map((row) => row.actor),
  )
  return {
    items: page.map((row) => ({ ...row, at: row.at.toISOString(), actorName: names.get(row.actor) ?? null })),
    next: rows.length > limit && end ? cursorOf(end.id) : undefined,
  }
}
