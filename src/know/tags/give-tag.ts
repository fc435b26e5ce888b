import { sql } from 'kysely'
import { lockCustomer, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { CustomerTag, TagOrigin } from './contract.ts'
import { tagGiven, tagTaken } from './facts.ts'
import { tagOf } from './tag.ts'
import { tagsOfCustomer } from './tags-of.ts'

type ByHand = { id: number; tagId: number; reason?: string; until?: string }

/** Gives a customer a tag by hand; what was there by hand gives way. @throws Refusal `customers.unknown`, `tags.unknown` */
export function giveTag(ctx: Context, { id, tagId, reason, until }: ByHand): Promise<CustomerTag[]> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    await tagOf(ctx, tagId)
    const profileId = await staffProfile(ctx, id)
    await sayTags(ctx, [{ profileId, tagId, state: 'yes', reason, until }], { origin: 'hand' })
    await announce(ctx, tagGiven, { profileId, subjectId: tagId, data: { origin: 'hand' } })
    return tagsOfCustomer(ctx, id)
  })
}

/**
 * Takes a tag away by hand. Where only hands gave it, they say nothing more; where anything else says so, this is an override that
 * stands until a hand gives the tag again.
 * @throws Refusal `customers.unknown`, `tags.unknown`
 */
export function takeTag(ctx: Context, { id, tagId, reason }: ByHand): Promise<CustomerTag[]> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const { merged } = await tagOf(ctx, tagId)
    const family = [tagId, ...merged.map((one) => one.id)]
    const { rows } = await sql<{ profileId: number; tagId: number; origin: TagOrigin }>`
      select said.profile_id, said.tag_id, said.origin from profile_tags said
        join profile_customers map on map.profile_id = said.profile_id
       where map.customer_id = ${id} and said.tag_id = any(${family}::int[]) and said.state <> 'gone'`.execute(ctx.db)
    const override = rows.some(({ origin }) => origin !== 'hand')
    const byHand = rows.filter(({ origin }) => origin === 'hand')
    await sayTags(
      ctx,
      byHand.map((one) => ({ ...one, state: 'gone' })),
      { origin: 'hand' },
    )
    const profileId = await staffProfile(ctx, id)
    if (override) await sayTags(ctx, [{ profileId, tagId, state: 'no', reason }], { origin: 'hand' })
    if (rows.length > 0) {
      await announce(ctx, tagTaken, { profileId, subjectId: tagId, data: { origin: 'hand', override } })
    }
    return tagsOfCustomer(ctx, id)
  })
}

export type Saying = {
  profileId: number
  tagId: number
  state: 'yes' | 'no' | 'gone'
  reason?: string
  until?: string
}

/**
 * Writes what an origin says of tags, set-wise by one statement. What is said already in the same words stays untouched.
 * @returns the sayings that changed something
 */
export async function sayTags(
  ctx: Context,
  sayings: readonly Saying[],
  { origin, ref }: { origin: TagOrigin; ref?: string },
): Promise<{ profileId: number; tagId: number }[]> {
  if (sayings.length === 0) return []
  const given = sayings.map(({ profileId, tagId, state, reason, until }) => ({
    profile_id: profileId,
    tag_id: tagId,
    state,
    reason: reason ?? null,
    until: until ?? null,
  }))
  const { rows } = await sql<{ profileId: number; tagId: number }>`
    insert into profile_tags as kept (profile_id, tag_id, origin, state, reason, until, ref, actor, at)
    select profile_id, tag_id, ${origin}, state, reason, until, ${ref ?? null}, ${ctx.actor.label}, ${ctx.clock.now()}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as row(profile_id bigint, tag_id int, state text, reason text, until date)
     where state <> 'gone' or exists (select from profile_tags said
             where said.profile_id = row.profile_id and said.tag_id = row.tag_id and said.origin = ${origin})
     order by profile_id, tag_id
        on conflict (profile_id, tag_id, origin) do update
           set state = excluded.state, reason = excluded.reason, until = excluded.until, ref = excluded.ref,
               actor = excluded.actor, at = excluded.at, xid = pg_current_xact_id()
         where (kept.state, kept.reason, kept.until) is distinct from (excluded.state, excluded.reason, excluded.until)
    returning kept.profile_id, kept.tag_id`.execute(ctx.db)
  return rows
}
