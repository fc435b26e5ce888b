import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { consentAllowed, consentAsked, consentRefused } from './facts.ts'
import { judged } from './told-consents.ts'

// incoming_consents (person, profile_id, row, channel, purpose, yes, at, proof): see `judged`

/**
 * Takes what an import tells of permissions, from the temporary table `incoming_consents` of this transaction, after its profiles are
 * saved and placed. A yes stands at the profile of the file and covers the person's others; a no is written at each of them. The
 * proof is the file and its row, after what the file itself names. Set-wise; facts are historic: a file fires nothing.
 */
export async function saveConsents(
  ctx: Context,
  { importId, fileName }: { importId: number; fileName: string },
): Promise<void> {
  // Nobody says anything else while it is judged what stands.
  await sql`
    select from customers
     where id in (select customer_id from profile_customers where profile_id in (select profile_id from incoming_consents))
     order by id for update`.execute(ctx.db)
  const now = ctx.clock.now()
  const { label } = ctx.actor
  await sql`
    with word as materialized (
      select judged.*, gen_random_uuid() as said_id, coalesce(at, ${now}::timestamptz) as said_at,
             case when outcome = 'kept' then 'allowed' else outcome end as decision
        from (${await judged(ctx, sql`select * from incoming_consents`)}) as judged
       where outcome <> 'same' and (outcome <> 'kept' or at is not null)
    ),
    written as (
      insert into consents (said_id, profile_id, covers, subject, channel, purpose, decision, way, proof, evidence, import_id, actor, at)
      select said_id, place.profile_id, case when yes then others else '{}' end, 'contact', channel, purpose, decision, 'import',
             concat_ws(' · ', proof, ${fileName} || ':' || row), jsonb_build_object('file', ${fileName}::text, 'row', row),
             ${importId}, ${label}, said_at
        from word, unnest(case when yes then array[profile_id] else profile_id || others end) as place(profile_id)
       -- Of one instant the no is the later word.
       order by word.profile_id, yes desc, channel, purpose
    )
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select said_at,
           case decision when 'allowed' then ${consentAllowed.kind} when 'refused' then ${consentRefused.kind} else ${consentAsked.kind} end,
           profile_id, customer_id, ${label}, true, jsonb_build_object('channel', channel, 'purpose', purpose, 'way', 'import')
      from word where outcome <> 'kept'`.execute(ctx.db)
}

/**
 * Takes back what an import said of permissions, at most so many words at once: they stay in the ledger, each with a row that says so,
 * and what stood before speaks again. Its noes go as its yeses do: nobody said them. @returns how many
 */
export async function withdrawConsents(ctx: Context, importId: number, most = 10_000): Promise<number> {
  const { rows } = await sql<{ one: number }>`
    insert into consent_withdrawals (consent_id, profile_id, reason, actor, at)
    select id, profile_id, 'import_undone', ${ctx.actor.label}, ${ctx.clock.now()} from consents c
     where import_id = ${importId} and not exists (select from consent_withdrawals w where w.consent_id = c.id)
     order by id limit ${most} returning 1 as one`.execute(ctx.db)
  return rows.length
}

/** Words at profiles that go with the import that alone made them: of nobody there is nothing to prove. */
export async function forgetConsents(ctx: Context, profileIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select forget_consents(${[...profileIds]}::bigint[]) as gone`.execute(
    ctx.db,
  )
  return Number(rows[0]!.gone)
}
