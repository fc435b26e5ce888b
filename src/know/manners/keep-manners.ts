import { type RawBuilder, sql } from 'kysely'
import {
  actorNames,
  lockCustomer,
  seenProfiles,
  shownField,
  staffProfile,
  visibleCustomers,
} from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { activeStaff } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { GivenManner, Manner, Way } from './contract.ts'
import { mannerEnded, mannerReopened, mannerSaid } from './facts.ts'
import { mannerSays, momentIn, type Rule } from './manner.ts'

type Row = Omit<Manner, 'madeAt' | 'endedAt' | 'actorName'> & { madeAt: Date; endedAt: Date | null; actor: string }

const columns: RawBuilder<Row> = sql`
  m.id, map.customer_id, m.rule, m.channel, m.from_minute, m.to_minute, m.weekdays, m.ask_id, m.words, m.reason, m.until,
  m.staff_id, m.made_at, m.ended_at, m.actor, m.version`

/** What holds today of a customer, the strongest first. @throws Refusal `customers.unknown` */
export async function mannersOfCustomer(ctx: Context, id: number): Promise<Manner[]> {
  const profileIds = await seenProfiles(ctx, id)
  const { rows } = await sql<Row>`
    select ${columns} from manners m join profile_customers map on map.profile_id = m.profile_id
     where m.profile_id = any(${profileIds}::bigint[]) and m.ended_at is null and (m.until is null or m.until >= ${await todayOf(ctx)}::date)
     order by array_position(array['never', 'ask', 'only', 'mind'], m.rule), m.id`.execute(ctx.db)
  return shown(ctx, rows)
}

/** The rules of some customers, by customer, for whoever plans to reach them; whatever the actor sees. */
export async function mannersOf(ctx: Context, customerIds: readonly number[]): Promise<Map<number, Rule[]>> {
  const { rows } = await sql<Row & { customerId: number }>`
    select ${columns} from profile_customers map join manners m on m.profile_id = map.profile_id and m.ended_at is null
     where map.customer_id = any(${[...customerIds]}::bigint[])`.execute(ctx.db)
  const found = new Map<number, Rule[]>()
  for (const row of rows) found.set(row.customerId, [...(found.get(row.customerId) ?? []), row])
  return found
}

/** Whether a customer may be met this way now. @throws Refusal `customers.unknown` */
export async function checkManners(ctx: Context, { id, way }: { id: number; way: Way }) {
  await seenProfiles(ctx, id)
  const { zone } = await merchantOf(ctx)
  const now = ctx.clock.now()
  const said = mannerSays((await mannersOf(ctx, [id])).get(id) ?? [], way, momentIn(zone, now))
  return {
    verdict: said.verdict,
    because: said.because,
    askIds: said.verdict === 'ask' ? said.askIds : [],
    from: said.verdict === 'wait' ? new Date(now.getTime() + said.waitMinutes * 60_000).toISOString() : null,
  }
}

/**
 * Says how a customer wants to be met.
 * @throws Refusal `customers.unknown`, `manners.no_words`, `manners.no_time`, `manners.nobody_to_ask`
 */
export async function addManner(ctx: Context, { id, ...given }: GivenManner & { id: number }): Promise<Manner> {
  await refuseImpossible(ctx, given)
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const profileId = await staffProfile(ctx, id)
    const { rows } = await sql<{ id: number }>`
      insert into manners (profile_id, rule, channel, from_minute, to_minute, weekdays, ask_id, words, reason, until, staff_id, made_at, actor)
      select ${profileId}, ${givenColumns(ctx, given)}
      returning id`.execute(ctx.db)
    await announce(ctx, mannerSaid, { profileId, subjectId: rows[0]!.id, data: { rule: given.rule } })
    return mannerOf(ctx, rows[0]!.id)
  })
}

/** @throws Refusal `manners.no_words`, `manners.no_time`, `manners.nobody_to_ask` */
export async function refuseImpossible(ctx: Context, given: GivenManner): Promise<void> {
  const { rule, fromMinute, toMinute, weekdays } = given
  if (rule === 'mind' && !given.words) throw new Refusal('invalid', 'manners.no_words')
  if (rule === 'only' && fromMinute === null && toMinute === null && weekdays === null) {
    throw new Refusal('invalid', 'manners.no_time')
  }
  if (rule === 'ask' && (given.askId === null || (await activeStaff(ctx, [given.askId])).length === 0)) {
    throw new Refusal('invalid', 'manners.nobody_to_ask')
  }
}

/** The columns of a new manner from `rule` on, in the order of the table, of which each rule has its own. */
export function givenColumns(ctx: Context, { rule, weekdays, ...given }: GivenManner): RawBuilder<unknown> {
  const times = rule === 'only'
  const id = ctx.actor.kind === 'staff' ? (ctx.actor.id ?? null) : null
  return sql`
    ${rule}::text as rule, ${rule === 'mind' ? null : given.channel}::text as channel,
    ${times ? given.fromMinute : null}::smallint as from_minute, ${times ? given.toMinute : null}::smallint as to_minute,
    ${times && weekdays ? sql`${[...new Set(weekdays)].sort()}::smallint[]` : sql`null::smallint[]`} as weekdays,
    ${rule === 'ask' ? given.askId : null}::bigint as ask_id, ${rule === 'mind' ? given.words : null}::text as words,
    ${given.reason}::text as reason, ${given.until}::date as until, (select id from staff where id = ${id}::bigint) as staff_id,
    ${ctx.clock.now()}::timestamptz as made_at, ${ctx.actor.label}::text as actor`
}

/** @throws Refusal `manners.unknown`, `http.stale` */
export function endManner(ctx: Context, version: number, id: number): Promise<Manner> {
  return turnManner(ctx, version, id, ctx.clock.now())
}

/** @throws Refusal `manners.unknown`, `http.stale` */
export function reopenManner(ctx: Context, version: number, id: number): Promise<Manner> {
  return turnManner(ctx, version, id, null)
}

function turnManner(ctx: Context, version: number, id: number, endedAt: Date | null): Promise<Manner> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ version: number; profileId: number; rule: Manner['rule'] }>`
      select m.version, m.profile_id, m.rule from manners m
        join profile_customers map on map.profile_id = m.profile_id join customers on customers.id = map.customer_id
       where m.id = ${id} and ${visibleCustomers(ctx)} for update of m`.execute(ctx.db)
    const [row] = rows
    if (!row) throw new Refusal('not_found', 'manners.unknown')
    if (row.version !== version) throw new Refusal('stale', 'http.stale')
    await sql`
      update manners set ended_at = ${endedAt}, ended_by = ${endedAt ? ctx.actor.label : null}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    const { profileId, rule } = row
    await announce(ctx, endedAt ? mannerEnded : mannerReopened, { profileId, subjectId: id, data: { rule } })
    return mannerOf(ctx, id)
  })
}

async function mannerOf(ctx: Context, id: number): Promise<Manner> {
  const { rows } = await sql<Row>`
    select ${columns} from manners m join profile_customers map on map.profile_id = m.profile_id
     where m.id = ${id}`.execute(ctx.db)
  return (await shown(ctx, rows))[0]!
}

/** Words and reasons are notes of a person. */
async function shown(ctx: Context, rows: readonly Row[]): Promise<Manner[]> {
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  return rows.map(({ actor, madeAt, endedAt, ...row }) => ({
    ...row,
    words: shownField(ctx.actor, 'notes', row.words),
    reason: shownField(ctx.actor, 'notes', row.reason),
    madeAt: madeAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    actorName: names.get(actor) ?? null,
  }))
}

async function todayOf(ctx: Context): Promise<string> {
  return dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
}
