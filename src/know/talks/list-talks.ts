import { sql } from 'kysely'
import { z } from 'zod'
import { seenProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { Talk } from './contract.ts'
import { shownTalks, type TalkRecord, talkColumns } from './talk.ts'

/** The talks with a customer, the newest first. @throws Refusal `customers.unknown` */
export async function listTalks(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: Talk[]; next: string | undefined }> {
  const profileIds = await seenProfiles(ctx, id)
  const last = after ? readCursor(z.tuple([z.string(), z.number()]), after) : undefined
  const { rows } = await sql<TalkRecord & { place: string }>`
    select ${talkColumns}, talk.at::text as place
      from unnest(${profileIds}::bigint[]) as of(profile_id)
      cross join lateral (
        select * from talks where talks.profile_id = of.profile_id
           ${last ? sql`and (talks.at, talks.id) < (${last[0]}::timestamptz, ${last[1]})` : sql``}
         order by talks.at desc, talks.id desc limit ${limit + 1}
      ) as talk
     order by talk.at desc, talk.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  return {
    items: await shownTalks(
      ctx,
      page.map(({ place: _place, ...row }) => row),
    ),
    next: rows.length > limit && end ? cursorOf(end.place, end.id) : undefined,
  }
}
