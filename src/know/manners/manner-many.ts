import { sql } from 'kysely'
import { asRows, staffProfiles, type TakenBack, type Written } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import type { GivenManner } from './contract.ts'
import { mannerEnded, mannerSaid } from './facts.ts'
import { givenColumns, refuseImpossible } from './keep-manners.ts'

/**
 * Says of many customers how they want to be met, set-wise; of whom the same holds already, nothing. The caller holds their rows.
 * @throws Refusal as `addManner`
 */
export async function addMannerMany(
  ctx: Context,
  customerIds: readonly number[],
  given: GivenManner,
): Promise<Written[]> {
  await refuseImpossible(ctx, given)
  const profiles = await staffProfiles(ctx, customerIds)
  const people = [...profiles].map(([customerId, profileId]) => ({ customer_id: customerId, profile_id: profileId }))
  const { rows } = await sql<{ id: number; profileId: number }>`
    with person as (
      select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as row(customer_id bigint, profile_id bigint)
    ),
    wanted as (select ${givenColumns(ctx, given)})
    insert into manners (profile_id, rule, channel, from_minute, to_minute, weekdays, ask_id, words, reason, until, staff_id, made_at, actor)
    select person.profile_id, wanted.* from person cross join wanted
     where not exists (
       select from profile_customers map join manners m on m.profile_id = map.profile_id
        where map.customer_id = person.customer_id and m.ended_at is null
          and (m.rule, m.channel, m.from_minute, m.to_minute, m.weekdays, m.ask_id, m.words, m.until)
              is not distinct from
              (wanted.rule, wanted.channel, wanted.from_minute, wanted.to_minute, wanted.weekdays, wanted.ask_id, wanted.words, wanted.until))
     order by person.profile_id
    returning id, profile_id`.execute(ctx.db)
  const ids = new Map(rows.map(({ profileId, id }) => [profileId, id]))
  await announceAll(
    ctx,
    mannerSaid,
    rows.map(({ id, profileId }) => ({ profileId, subjectId: id, data: { rule: given.rule } })),
  )
  return [...profiles].flatMap(([customerId, profileId]) => {
    const manner = ids.get(profileId)
    return manner === undefined ? [] : [{ customerId, profileId, before: { manner } }]
  })
}

/** Ends those that nobody touched since. @returns of whom */
export async function takeBackManners(ctx: Context, written: TakenBack, rule: GivenManner['rule']): Promise<number[]> {
  const { rows } = await sql<{ customerId: number; id: number; profileId: number }>`
    update manners m set ended_at = ${ctx.clock.now()}, ended_by = ${ctx.actor.label}, version = m.version + 1
      from jsonb_to_recordset(${asRows(written)}::jsonb) as asked(customer_id bigint, before jsonb)
     where m.id = (asked.before ->> 'manner')::bigint and m.version = 1 and m.ended_at is null
    returning asked.customer_id, m.id, m.profile_id`.execute(ctx.db)
  await announceAll(
    ctx,
    mannerEnded,
    rows.map(({ id, profileId }) => ({ profileId, subjectId: id, data: { rule } })),
  )
  return rows.map(({ customerId }) => customerId)
}
