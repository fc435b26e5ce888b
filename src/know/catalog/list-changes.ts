import { sql } from 'kysely'
import { z } from 'zod'
import { staffNames } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { ProductChange } from './contract.ts'
import { catalogAdded, catalogChanged } from './facts.ts'
import { productOf } from './product.ts'

type Row = { id: number; at: Date; actor: string; kind: string; fields: string[] | null }

/** The history of a product, newest first, from the log of facts. @throws Refusal `catalog.unknown` */
export async function listChanges(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: ProductChange[]; next: string | undefined }> {
  await productOf(ctx, id)
  const before = after ? readCursor(z.tuple([z.number()]), after)[0] : null
  const { rows } = await sql<Row>`
    select id, at, actor, kind, data -> 'fields' as fields
      from facts
     where kind in (${catalogAdded.kind}, ${catalogChanged.kind}) and subject_id = ${id} and not historic
       and (${before}::bigint is null or id < ${before})
     order by id desc
     limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const names = new Map((await staffNames(ctx)).map(({ id, name }) => [`staff:${id}`, name]))
  return {
    items: page.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      actorName: names.get(row.actor) ?? null,
      fields: row.fields ?? [],
    })),
    next: rows.length > limit ? cursorOf(page.at(-1)!.id) : undefined,
  }
}
