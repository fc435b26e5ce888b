import { sql } from 'kysely'
import { staffProfiles, type TakenBack, type Written } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announceAll } from '#platform/facts/index.ts'
import type { TagOrigin } from './contract.ts'
import { tagGiven, tagTaken } from './facts.ts'
import { type Saying, sayTags } from './give-tag.ts'
import { tagOf, tagsHeld } from './tag.ts'

/** A row that an act on many wrote, and what stood in it; null: nothing. */
type Slot = { profileId: number; tagId: number; was: object | null }

/**
 * Gives many customers a tag by hand, set-wise; who has it today stays untouched. The caller holds their rows.
 * @param ref of the act, as `bulk:7`: by it the act's own rows are known when it is taken back @throws Refusal `tags.unknown`
 */
export async function giveTagMany(
  ctx: Context,
  customerIds: readonly number[],
  { tagId, reason, until }: { tagId: number; reason?: string; until?: string },
  ref: string,
): Promise<Written[]> {
  await tagOf(ctx, tagId)
  const held = await heldBy(ctx, customerIds, tagId)
  const profiles = await staffProfiles(
    ctx,
    customerIds.filter((id) => !held.has(id)),
  )
  const written = await write(
    ctx,
    [...profiles].map(([customerId, profileId]) => ({ customerId, profileId, tagId, state: 'yes', reason, until })),
    ref,
  )
  await announceAll(
    ctx,
    tagGiven,
    written.map(({ profileId }) => ({ profileId, subjectId: tagId, data: { origin: 'hand' as const } })),
  )
  return written
}

/** Takes a tag from many by hand, as `takeTag` does from one. @throws Refusal `tags.unknown` */
export async function takeTagMany(
  ctx: Context,
  customerIds: readonly number[],
  { tagId, reason }: { tagId: number; reason?: string },
  ref: string,
): Promise<Written[]> {
  const { merged } = await tagOf(ctx, tagId)
  const family = [tagId, ...merged.map((one) => one.id)]
  const held = [...(await heldBy(ctx, customerIds, tagId))]
  const profiles = await staffProfiles(ctx, held)
  const { rows } = await sql<{ customerId: number; profileId: number; tagId: number; origin: TagOrigin }>`
    select map.customer_id, said.profile_id, said.tag_id, said.origin from profile_tags said
      join profile_customers map on map.profile_id = said.profile_id
     where map.customer_id = any(${held}::bigint[]) and said.tag_id = any(${family}::int[]) and said.state <> 'gone'`.execute(
    ctx.db,
  )
  const overrides = new Set(rows.filter(({ origin }) => origin !== 'hand').map(({ customerId }) => customerId))
  const noes = new Set([...overrides].map((id) => `${profiles.get(id)} ${tagId}`))
  const written = await write(
    ctx,
    [
      // What becomes a no is written once, not first as gone.
      ...rows
        .filter((one) => one.origin === 'hand' && !noes.has(`${one.profileId} ${one.tagId}`))
        .map(({ customerId, profileId, tagId }) => ({ customerId, profileId, tagId, state: 'gone' as const })),
      ...[...overrides].map((customerId) => ({
        customerId,
        profileId: profiles.get(customerId)!,
        tagId,
        state: 'no' as const,
        reason,
      })),
    ],
    ref,
  )
  await announceAll(
    ctx,
    tagTaken,
    written.map(({ customerId }) => ({
      profileId: profiles.get(customerId)!,
      subjectId: tagId,
      data: { origin: 'hand' as const, override: overrides.has(customerId) },
    })),
  )
  return written
}

/** Puts back what stood there, of those at whom nobody touched the act's rows since. @returns whom */
export async function takeBackTags(
  ctx: Context,
  written: TakenBack,
  { ref, tagId, gave }: { ref: string; tagId: number; gave: boolean },
): Promise<number[]> {
  const slots = written.flatMap(({ customerId, before }) =>
    (before as Slot[]).map((slot) => ({
      customer_id: customerId,
      profile_id: slot.profileId,
      tag_id: slot.tagId,
      was: slot.was,
    })),
  )
  const { rows } = await sql<{ customerId: number }>`
    with slot as (
      select slot.*, said.ref is not distinct from ${ref} as ours
        from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as slot(customer_id bigint, profile_id bigint, tag_id int, was jsonb)
        left join profile_tags said
          on said.profile_id = slot.profile_id and said.tag_id = slot.tag_id and said.origin = 'hand'
    ),
    whole as (select customer_id from slot group by customer_id having bool_and(coalesce(ours, false)))
    update profile_tags said
       set state = coalesce(slot.was ->> 'state', 'gone'), reason = slot.was ->> 'reason', until = (slot.was ->> 'until')::date,
           ref = slot.was ->> 'ref', actor = coalesce(slot.was ->> 'actor', said.actor),
           at = coalesce((slot.was ->> 'at')::timestamptz, said.at), xid = pg_current_xact_id()
      from slot join whole using (customer_id)
     where said.profile_id = slot.profile_id and said.tag_id = slot.tag_id and said.origin = 'hand'
    returning slot.customer_id`.execute(ctx.db)
  const done = new Set(rows.map(({ customerId }) => customerId))
  const undone = written.filter(({ customerId }) => done.has(customerId))
  if (gave) {
    await announceAll(
      ctx,
      tagTaken,
      undone.map(({ profileId }) => ({ profileId, subjectId: tagId, data: { origin: 'hand', override: false } })),
    )
  } else {
    await announceAll(
      ctx,
      tagGiven,
      undone.map(({ profileId }) => ({ profileId, subjectId: tagId, data: { origin: 'hand' } })),
    )
  }
  return [...done]
}

async function heldBy(ctx: Context, customerIds: readonly number[], tagId: number): Promise<Set<number>> {
  const today = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
  const { rows } = await sql<{ customerId: number }>`
    select customer_id from (${tagsHeld(customerIds, today)}) as held where tag_id = ${tagId}`.execute(ctx.db)
  return new Set(rows.map(({ customerId }) => customerId))
}

/** Writes sayings of a hand under the act's name. @returns by customer, with what stood in each row */
async function write(
  ctx: Context,
  sayings: readonly (Saying & { customerId: number })[],
  ref: string,
): Promise<Written[]> {
  if (sayings.length === 0) return []
  const { rows: stood } = await sql<{ profileId: number; tagId: number; was: object }>`
    select said.profile_id, said.tag_id,
           jsonb_build_object('state', said.state, 'reason', said.reason, 'until', said.until, 'ref', said.ref, 'actor', said.actor, 'at', said.at) as was
      from profile_tags said
      join jsonb_to_recordset(${JSON.stringify(sayings.map(({ profileId, tagId }) => ({ profile_id: profileId, tag_id: tagId })))}::jsonb)
        as row(profile_id bigint, tag_id int) on row.profile_id = said.profile_id and row.tag_id = said.tag_id
     where said.origin = 'hand'`.execute(ctx.db)
  const was = new Map(stood.map((one) => [`${one.profileId} ${one.tagId}`, one.was]))
  const owner = new Map(sayings.map((one) => [`${one.profileId} ${one.tagId}`, one.customerId]))
  const changed = await sayTags(ctx, sayings, { origin: 'hand', ref })
  const written = new Map<number, Written & { before: Slot[] }>()
  for (const { profileId, tagId } of changed) {
    const key = `${profileId} ${tagId}`
    const customerId = owner.get(key)!
    const one = written.get(customerId) ?? { customerId, profileId, before: [] }
    one.before.push({ profileId, tagId, was: was.get(key) ?? null })
    written.set(customerId, one)
  }
  return [...written.values()]
}
