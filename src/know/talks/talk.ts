import { type RawBuilder, sql } from 'kysely'
import { actorNames, shownField, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Talk } from './contract.ts'
import { type PromiseRecord, promiseColumns, shownPromise } from './promise.ts'

/** A talk as Postgres gives it. */
export type TalkRecord = Omit<Talk, 'at' | 'actorName' | 'promises'> & { at: Date; actor: string }

export const talkColumns: RawBuilder<TalkRecord> = sql`
  talk.id, talk.kind, talk.at, talk.said, talk.problem, talk.staff_id, talk.actor, talk.version`

/** Records as the contract shows them to this actor, with what was promised in each: two reads. */
export async function shownTalks(ctx: Context, records: readonly TalkRecord[]): Promise<Talk[]> {
  if (records.length === 0) return []
  const { rows: promises } = await sql<PromiseRecord>`
    select ${promiseColumns} from promises p left join profile_customers map on map.profile_id = p.profile_id
     where p.talk_id = any(${records.map(({ id }) => id)}::bigint[]) order by p.due_on, p.id`.execute(ctx.db)
  const names = await actorNames(
    ctx,
    records.map(({ actor }) => actor),
  )
  return records.map(({ actor, at, ...talk }) => ({
    ...talk,
    at: at.toISOString(),
    said: shownField(ctx.actor, 'notes', talk.said),
    problem: shownField(ctx.actor, 'notes', talk.problem),
    actorName: names.get(actor) ?? null,
    promises: promises.filter((one) => one.talkId === talk.id).map((one) => shownPromise(ctx, one)),
  }))
}

/** A talk with a customer whom the actor sees. @throws Refusal `talks.unknown` */
export async function talkOf(ctx: Context, id: number): Promise<Talk> {
  const { rows } = await sql<TalkRecord>`
    select ${talkColumns} from talks talk
      join profile_customers map on map.profile_id = talk.profile_id join customers on customers.id = map.customer_id
     where talk.id = ${id} and ${visibleCustomers(ctx)}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'talks.unknown')
  return (await shownTalks(ctx, rows))[0]!
}

/** Locks a talk for an edit. @throws Refusal `talks.unknown`, `http.stale` */
export async function lockedTalk(
  ctx: Context,
  id: number,
  version: number,
): Promise<Pick<TalkRecord, 'kind'> & { profileId: number; customerId: number }> {
  const { rows } = await sql<Pick<TalkRecord, 'kind' | 'version'> & { profileId: number; customerId: number }>`
    select talk.kind, talk.version, talk.profile_id, map.customer_id from talks talk
      join profile_customers map on map.profile_id = talk.profile_id join customers on customers.id = map.customer_id
     where talk.id = ${id} and ${visibleCustomers(ctx)} for update of talk`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'talks.unknown')
  if (rows[0].version !== version) throw new Refusal('stale', 'http.stale')
  return rows[0]
}
