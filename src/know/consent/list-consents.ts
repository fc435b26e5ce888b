import { sql } from 'kysely'
import { z } from 'zod'
import { actorNames, seenProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { ConsentWord } from './contract.ts'

type Row = Omit<ConsentWord, 'actorName' | 'at' | 'recordedAt' | 'withdrawnAt' | 'until' | 'text'> & {
  at: Date
  recordedAt: Date
  withdrawnAt: Date | null
  until: Date | null
  place: string
  locale: string | null
  words: string | null
}

/** The ledger of a customer, newest first; a word that stands at several profiles once. @throws Refusal `customers.unknown` */
export async function listConsents(
  ctx: Context,
  { id, limit, after }: { id: number; limit: number; after?: string },
): Promise<{ items: ConsentWord[]; next: string | undefined }> {
  const profileIds = await seenProfiles(ctx, id)
  const last = after ? readCursor(z.tuple([z.string(), z.number()]), after) : undefined
  const { rows } = await sql<Row>`
    select c.id, c.subject, c.channel, c.purpose, c.brand_id, c.decision, c.expires_at as until, c.way, c.proof, c.shop_id, c.actor,
           c.at, c.at::text as place, c.recorded_at, w.at as withdrawn_at, t.locale, t.words
      from consents c left join consent_texts t on t.id = c.text_id left join consent_withdrawals w on w.consent_id = c.id
     where c.profile_id = any(${profileIds}::bigint[])
       and not exists (select from consents twin
                        where twin.said_id = c.said_id and twin.profile_id = any(${profileIds}::bigint[]) and twin.at = c.at and twin.id < c.id)
       ${last ? sql`and (c.at, c.id) < (${last[0]}::timestamptz, ${last[1]})` : sql``}
     order by c.at desc, c.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const names = await actorNames(
    ctx,
    page.map((row) => row.actor),
  )
  return {
    items: page.map(({ place, locale, words, until, at, recordedAt, withdrawnAt, ...row }) => ({
      ...row,
      text: words === null ? null : { locale: locale!, words },
      until: until?.toISOString() ?? null,
      at: at.toISOString(),
      recordedAt: recordedAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
      actorName: names.get(row.actor) ?? null,
    })),
    next: rows.length > limit && end ? cursorOf(end.place, end.id) : undefined,
  }
}
