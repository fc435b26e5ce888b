import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { actorNames } from './actor-names.ts'
import type { CustomerChange } from './contract.ts'
import { seenProfiles } from './customer.ts'
import { sensitiveOwn } from './own-values.ts'
import { shownChange } from './sight.ts'

type Row = Omit<CustomerChange, 'at' | 'actorName' | 'source'> & {
  at: Date
  place: string
  sourceId: number
  sourceCode: string
  sourceName: string
  sourceKind: string
}

/** The history of what was said of a customer, of all its profiles, newest first. @throws Refusal `customers.unknown` */
export async function listChanges(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: CustomerChange[]; next: string | undefined }> {
  const profileIds = await seenProfiles(ctx, id)
  const last = after ? readCursor(z.tuple([z.string(), z.number()]), after) : undefined
  // Each profile's newest are found by its index; a customer has few profiles.
  const { rows } = await sql<Row>`
    select change.*, change.at::text as place, sources.id as source_id, sources.code as source_code,
           sources.name as source_name, sources.kind as source_kind
      from unnest(${profileIds}::bigint[]) as of(profile_id)
      cross join lateral (
        select id, profile_id, field, old, new, origin, actor, at from profile_value_changes as one
         where one.profile_id = of.profile_id
           ${last ? sql`and (one.at, one.id) < (${last[0]}::timestamptz, ${last[1]})` : sql``}
         order by one.at desc, one.id desc limit ${limit + 1}
      ) as change
      join profiles on profiles.id = change.profile_id
      join sources on sources.id = profiles.source_id
     order by change.at desc, change.id desc
     limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const sensitive = await sensitiveOwn(
    ctx,
    page.map((row) => row.field),
  )
  const names = await actorNames(
    ctx,
    page.map((row) => row.actor),
  )
  return {
    items: page.map(({ place, sourceId, sourceCode, sourceName, sourceKind, ...row }) =>
      shownChange(
        ctx,
        {
          ...row,
          at: row.at.toISOString(),
          actorName: names.get(row.actor) ?? null,
          source: { id: sourceId, code: sourceCode, name: sourceName, kind: sourceKind },
        },
        sensitive,
      ),
    ),
    next: rows.length > limit && end ? cursorOf(end.place, end.id) : undefined,
  }
}
