import { sql } from 'kysely'
import { lockCustomer, seenProfiles, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PromiseKind, PromiseRow } from './contract.ts'
import { promiseClosed, promiseMoved, promiseOpened } from './facts.ts'
import { makePromises } from './log-talk.ts'
import {
  lockedPromise,
  type PromiseRecord,
  promiseColumns,
  promiseOf,
  refuseUnknownStaff,
  shownPromise,
  todayOf,
} from './promise.ts'

/** What is open for a customer, the soonest first. @throws Refusal `customers.unknown` */
export async function promisesOf(ctx: Context, customerId: number): Promise<{ items: PromiseRow[]; today: string }> {
  const profileIds = await seenProfiles(ctx, customerId)
  const { rows } = await sql<PromiseRecord>`
    select ${promiseColumns} from promises p join profile_customers map on map.profile_id = p.profile_id
     where p.profile_id = any(${profileIds}::bigint[]) and p.closed_at is null
     order by p.due_on, p.id limit 200`.execute(ctx.db)
  return { items: rows.map((row) => shownPromise(ctx, row)), today: await todayOf(ctx) }
}

/** Promises something to a customer. @throws Refusal `customers.unknown`, `talks.what`, `talks.unknown_staff` */
export async function makePromise(
  ctx: Context,
  { id, ...wanted }: { id: number; kind: PromiseKind; what?: string; dueOn: string; staffId?: number },
): Promise<PromiseRow> {
  if (wanted.kind !== 'talk' && !wanted.what) throw new Refusal('invalid', 'talks.what')
  await refuseUnknownStaff(ctx, [wanted.staffId])
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const [made] = await makePromises(ctx, await staffProfile(ctx, id), [wanted])
    return promiseOf(ctx, made!)
  })
}

/** @throws Refusal `talks.no_promise`, `http.stale`, `talks.is_closed`, `talks.unknown_staff` */
export async function movePromise(
  ctx: Context,
  version: number,
  { id, dueOn, staffId }: { id: number; dueOn?: string; staffId?: number },
): Promise<PromiseRow> {
  await refuseUnknownStaff(ctx, [staffId])
  return inTransaction(ctx, async (ctx) => {
    const { kind, profileId, closedAt } = await lockedPromise(ctx, id, version)
    if (closedAt) throw new Refusal('conflict', 'talks.is_closed')
    await sql`
      update promises set due_on = coalesce(${dueOn ?? null}, due_on), staff_id = coalesce(${staffId ?? null}, staff_id),
             version = version + 1 where id = ${id}`.execute(ctx.db)
    const moved = await promiseOf(ctx, id)
    await announce(ctx, promiseMoved, { profileId, subjectId: id, data: { promise: kind, due: moved.dueOn } })
    return moved
  })
}

/** @throws Refusal `talks.no_promise`, `http.stale`, `talks.is_closed` */
export function closePromise(
  ctx: Context,
  version: number,
  { id, kept }: { id: number; kept: boolean },
): Promise<PromiseRow> {
  return inTransaction(ctx, async (ctx) => {
    const { kind, profileId, closedAt } = await lockedPromise(ctx, id, version)
    if (closedAt) throw new Refusal('conflict', 'talks.is_closed')
    await sql`
      update promises set closed_at = ${ctx.clock.now()}, closed_by = ${ctx.actor.label}, kept = ${kept}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    await announce(ctx, promiseClosed, { profileId, subjectId: id, data: { promise: kind, kept } })
    return promiseOf(ctx, id)
  })
}

/** Closing was a slip. @throws Refusal `talks.no_promise`, `http.stale`, `talks.is_open` */
export function openPromise(ctx: Context, version: number, id: number): Promise<PromiseRow> {
  return inTransaction(ctx, async (ctx) => {
    const { kind, profileId, closedAt } = await lockedPromise(ctx, id, version)
    if (!closedAt) throw new Refusal('conflict', 'talks.is_open')
    await sql`
      update promises set closed_at = null, closed_by = null, kept = null, version = version + 1 where id = ${id}`.execute(
      ctx.db,
    )
    await announce(ctx, promiseOpened, { profileId, subjectId: id, data: { promise: kind } })
    return promiseOf(ctx, id)
  })
}
