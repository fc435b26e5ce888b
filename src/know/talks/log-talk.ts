import { type RawBuilder, sql } from 'kysely'
import { lockCustomer, staffProfile } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce, announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PromiseKind, Talk, ToldTalk } from './contract.ts'
import { promiseClosed, promiseMade, talkLogged } from './facts.ts'
import { refuseUnknownStaff } from './promise.ts'
import { talkOf } from './talk.ts'

/** A clock of a phone may be ahead of ours by so much. */
const aheadMs = 5 * 60_000

/**
 * Tells of a talk with a customer, on the profile of staff. The next talk that was due by then is done by it; where a new day is
 * set, whatever next talk was open gives way to it.
 * @throws Refusal `customers.unknown`, `talks.not_yet`, `talks.nothing_said`, `talks.unknown_staff`
 */
export async function logTalk(
  ctx: Context,
  { id, at: told, kind, promised, nextOn, ...words }: ToldTalk,
): Promise<Talk> {
  const now = ctx.clock.now()
  const at = told ? new Date(told) : now
  if (at.getTime() > now.getTime() + aheadMs) throw new Refusal('invalid', 'talks.not_yet')
  if (!words.said && !words.problem && promised.length === 0 && !nextOn) {
    throw new Refusal('invalid', 'talks.nothing_said')
  }
  const day = dayIn((await merchantOf(ctx)).zone, at)
  await refuseUnknownStaff(
    ctx,
    promised.map((one) => one.staffId),
  )
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const profileId = await staffProfile(ctx, id)
    const { label } = ctx.actor
    const { rows } = await sql<{ id: number }>`
      insert into talks (profile_id, kind, at, day, said, problem, staff_id, actor)
      values (${profileId}, ${kind}, ${at}, ${day}, ${words.said ?? null}, ${words.problem ?? null}, ${staffId(ctx)}, ${label})
      returning id`.execute(ctx.db)
    const talkId = rows[0]!.id
    await announce(ctx, talkLogged, {
      profileId,
      subjectId: talkId,
      at,
      data: { talk: kind, problem: words.problem !== undefined },
    })
    await closeNext(ctx, id, { by: nextOn ? undefined : day, kept: day })
    const wanted: Wanted[] = promised.map((one) => ({ kind: 'promise', ...one }))
    if (nextOn) wanted.push({ kind: 'talk', dueOn: nextOn })
    await makePromises(ctx, profileId, wanted, talkId)
    return talkOf(ctx, talkId)
  })
}

/**
 * Closes open next talks of a customer: kept where they were due by the day `kept`, else let go.
 * @param options.by only those due on or before it; all unless told
 */
async function closeNext(ctx: Context, customerId: number, { by, kept }: { by?: string; kept: string }): Promise<void> {
  const { rows } = await sql<{ id: number; profileId: number; kept: boolean }>`
    update promises p
       set closed_at = ${ctx.clock.now()}, closed_by = ${ctx.actor.label}, kept = p.due_on <= ${kept}::date, version = p.version + 1
      from profile_customers map
     where map.customer_id = ${customerId} and p.profile_id = map.profile_id and p.kind = 'talk' and p.closed_at is null
       ${by ? sql`and p.due_on <= ${by}::date` : sql``}
    returning p.id, p.profile_id, p.kept`.execute(ctx.db)
  await announceAll(
    ctx,
    promiseClosed,
    rows.map(({ id, profileId, kept }) => ({ profileId, subjectId: id, data: { promise: 'talk' as const, kept } })),
  )
}

/** Who acts, where that is a person who works here. */
function staffId({ actor }: Context): RawBuilder<number | null> {
  return sql<
    number | null
  >`(select id from staff where id = ${actor.kind === 'staff' ? (actor.id ?? null) : null}::bigint)`
}

export type Wanted = { kind: PromiseKind; what?: string; dueOn: string; staffId?: number }

/** Makes promises on a profile; who makes one keeps it unless told. @returns their ids */
export async function makePromises(
  ctx: Context,
  profileId: number,
  wanted: readonly Wanted[],
  talkId?: number,
): Promise<number[]> {
  if (wanted.length === 0) return []
  const given = wanted.map(({ kind, what, dueOn, staffId }) => ({ kind, what, due_on: dueOn, staff_id: staffId }))
  const { rows } = await sql<{ id: number }>`
    insert into promises (profile_id, talk_id, kind, what, due_on, staff_id, made_at, actor)
    select ${profileId}, ${talkId ?? null}, kind, what, due_on, coalesce(staff_id, ${staffId(ctx)}), ${ctx.clock.now()}, ${ctx.actor.label}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as row(kind text, what text, due_on date, staff_id bigint)
    returning id`.execute(ctx.db)
  await announceAll(
    ctx,
    promiseMade,
    rows.map(({ id }, at) => ({
      profileId,
      subjectId: id,
      data: { promise: wanted[at]!.kind, due: wanted[at]!.dueOn },
    })),
  )
  return rows.map(({ id }) => id)
}
