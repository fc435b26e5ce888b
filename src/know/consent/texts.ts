import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** The number of a wording that was shown; the same words in the same language are kept once. */
export async function textIdOf(ctx: Context, locale: string, words: string): Promise<number> {
  const hash = createHash('sha256').update(`${locale}\n${words}`).digest()
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into consent_texts (hash, locale, words, first_at) values (${hash}, ${locale}, ${words}, ${ctx.clock.now()})
          on conflict (hash) do nothing returning id
    )
    select id from made union all select id from consent_texts where hash = ${hash} limit 1`.execute(ctx.db)
  if (rows[0]) return rows[0].id
  // Somebody else wrote the same words just now, and this statement's view is from before.
  const { rows: again } = await sql<{ id: number }>`select id from consent_texts where hash = ${hash}`.execute(ctx.db)
  return again[0]!.id
}
