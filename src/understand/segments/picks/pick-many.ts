import { sql } from 'kysely'
import type { Picking } from '#know/bulk/index.ts'
import { staffProfiles, type TakenBack, type Written } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { may } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { todayOf } from '#understand/query/index.ts'
import { segmentPicked } from '../facts.ts'
import { segmentOf } from '../segment.ts'
import { picksHeld } from './pick.ts'
import { sayPicks } from './pick-customer.ts'

/** Picking a whole list, as acts on lists do it (know/bulk). */
export const picking: Picking = {
  async check(ctx, { segmentId }) {
    if (!may(ctx.actor.permissions, 'segments.edit')) throw new Refusal('forbidden', 'http.forbidden')
    await segmentOf(ctx, segmentId)
  },
  perform: pickMany,
  takeBack: takeBackPicks,
}

/** Whoever stands so today stays untouched, whatever the reason. */
async function pickMany(
  ctx: Context,
  customerIds: readonly number[],
  { segmentId, ...given }: Parameters<Picking['perform']>[2],
  ref: string,
): Promise<Written[]> {
  await segmentOf(ctx, segmentId)
  const of = sql<boolean>`pick.segment_id = ${segmentId} and map.customer_id = any(${[...customerIds]}::bigint[])`
  const { rows: held } = await sql<{ customerId: number }>`
    select customer_id from (${picksHeld(of, await todayOf(ctx))}) as held where how = ${given.how}`.execute(ctx.db)
  const stands = new Set(held.map(({ customerId }) => customerId))
  const profiles = await staffProfiles(
    ctx,
    customerIds.filter((id) => !stands.has(id)),
  )
  const { rows: stood } = await sql<{ profileId: number; was: object }>`
    select profile_id, jsonb_build_object('state', state, 'reason', reason, 'until', until, 'ref', ref, 'actor', actor, 'at', at) as was
      from segment_picks where segment_id = ${segmentId} and profile_id = any(${[...profiles.values()]}::bigint[])`.execute(
    ctx.db,
  )
  const was = new Map(stood.map((one) => [one.profileId, one.was]))
  const changed = new Set(await sayPicks(ctx, segmentId, [...profiles.values()], given, ref))
  return [...profiles]
    .filter(([, profileId]) => changed.has(profileId))
    .map(([customerId, profileId]) => ({ customerId, profileId, before: was.get(profileId) ?? null }))
}

/** Puts back what stood there, of those at whom nobody decided anew since. */
async function takeBackPicks(
  ctx: Context,
  written: TakenBack,
  { ref, segmentId }: { ref: string; segmentId: number },
): Promise<number[]> {
  const slots = written.map(({ customerId, profileId, before }) => ({
    ...{ customer_id: customerId, profile_id: profileId, was: before },
  }))
  const { rows } = await sql<{ customerId: number; profileId: number; how: 'in' | 'out' | 'gone' }>`
    update segment_picks pick
       set state = coalesce(slot.was ->> 'state', 'gone'), reason = slot.was ->> 'reason', until = (slot.was ->> 'until')::date,
           ref = slot.was ->> 'ref', actor = coalesce(slot.was ->> 'actor', pick.actor),
           at = coalesce((slot.was ->> 'at')::timestamptz, pick.at), xid = pg_current_xact_id()
      from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as slot(customer_id bigint, profile_id bigint, was jsonb)
     where pick.segment_id = ${segmentId} and pick.profile_id = slot.profile_id and pick.ref = ${ref}
    returning slot.customer_id, pick.profile_id, pick.state as how`.execute(ctx.db)
  const told = rows.map(({ profileId, how }) => ({ profileId, subjectId: segmentId, data: { how } }))
  await announceAll(ctx, segmentPicked, told)
  return rows.map(({ customerId }) => customerId)
}
