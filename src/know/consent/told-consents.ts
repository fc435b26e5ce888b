import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { rulesOf } from './rules.ts'

/**
 * What becomes of a word that a file tells. kept: a refusal stands that this yes does not lift; asked: waits for the person's own yes;
 * same: the file's source said it before.
 */
export type Outcome = 'allowed' | 'refused' | 'asked' | 'kept' | 'same'

/**
 * Judges what a file says of permissions: each row of `told` with its `outcome`, the customer whom the profile belongs to, and the
 * other profiles of that person. The dry run asks it, and so does what writes.
 *
 * A no is always taken. A yes is dated or not: a dated one counts from its day, as the ledger reads it, so a later refusal stands; one
 * without a date lifts no refusal at all, whoever said that, not even one in the same file. What its source told before is not
 * said anew by telling it again: what the person said since stands.
 *
 * @param told a relation of (person, profile_id, row, channel, purpose, yes, at, proof): `person` tells rows of one person together,
 *   `profile_id` is null for who is new; `at` is null without a date, and never after now
 */
export async function judged(ctx: Context, told: RawBuilder<unknown>): Promise<RawBuilder<unknown>> {
  const { confirmed } = (await rulesOf(ctx)).value
  const own = sql`c.channel = t.channel and c.purpose = t.purpose`
  return sql`
    with t as materialized (select * from (${told}) as told),
    known as (
      select t.*, m.customer_id,
             array(select other.profile_id from profile_customers other
                    where other.customer_id = m.customer_id and other.profile_id <> t.profile_id order by 1) as others
        from t left join profile_customers m on m.profile_id = t.profile_id
    )
    select t.*, case
        when coalesce(case when t.at is null then said.source_said = t.yes else said.on_that_day end, false) then 'same'
        when not t.yes then 'refused'
        when said.refused_at >= coalesce(t.at, said.refused_at) then 'kept'
        when t.at is null and exists (select from t as no
                                       where no.person = t.person and not no.yes
                                         and no.channel in ('any', t.channel) and no.purpose in ('any', t.purpose)) then 'kept'
        when said.stands = 'allowed' then 'allowed'
        when t.channel = any(${confirmed}::text[]) or (t.channel = 'any' and cardinality(${confirmed}::text[]) > 0) then 'asked'
        else 'allowed' end as outcome
      from known t
      left join lateral (
        select max(c.at) filter (where c.decision = 'refused' and (c.expires_at is null or c.expires_at > ${ctx.clock.now()})
                                   and c.channel in ('any', t.channel) and c.purpose in ('any', t.purpose)
                                   and not exists (select from consents yes
                                                    where yes.profile_id = any(t.others || t.profile_id)
                                                      and (yes.profile_id = c.profile_id or c.profile_id = any(yes.covers)) and yes.subject = 'contact' and yes.decision = 'allowed'
                                                      and yes.brand_id is null and (yes.at, yes.id) > (c.at, c.id) and ${lifts}
                                                      and not exists (select from consent_withdrawals w where w.consent_id = yes.id))) as refused_at,
               (array_agg(c.decision order by c.at desc, c.id desc) filter (where ${own}))[1] as stands,
               (array_agg(c.decision <> 'refused' order by c.at desc, c.id desc)
                  filter (where ${own} and c.profile_id = t.profile_id and c.way = 'import'))[1] as source_said,
               bool_or(${own} and c.profile_id = t.profile_id and c.at = t.at and (c.decision <> 'refused') = t.yes) as on_that_day
          from consents c
         where c.profile_id = any(t.others || t.profile_id) and c.subject = 'contact' and c.brand_id is null
           and not exists (select from consent_withdrawals w where w.consent_id = c.id)
      ) as said on true`
}

/** A yes that is no wider than a refusal and no narrower than what is told lifts it for what is told. */
const lifts = sql`
  (c.channel = 'any' or c.channel = yes.channel) and (c.purpose = 'any' or c.purpose = yes.purpose)
  and yes.channel in ('any', t.channel) and yes.purpose in ('any', t.purpose)`
