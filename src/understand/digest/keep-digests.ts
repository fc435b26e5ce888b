import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { todayOf } from '#understand/query/index.ts'
import type { Digest } from './contract.ts'
import { lastWeekOf, tellWeek } from './tell-week.ts'

/** Weeks that are shown; all are kept. */
const weeksShown = 13

/** Tells the last week once; a second call finds it told. A week without anything to tell is kept too, and not shown. */
export async function keepDigest(ctx: Context): Promise<Day | undefined> {
  if (!(await merchantIfAny(ctx))) return undefined
  const week = lastWeekOf(await todayOf(ctx))
  const { rows } = await sql`select from digests where week = ${week}::date`.execute(ctx.db)
  if (rows.length > 0) return undefined
  const told = await tellWeek(ctx, week)
  await sql`
    insert into digests (week, made_at, told) values (${week}::date, ${ctx.clock.now()}, ${JSON.stringify(told)}::jsonb)
        on conflict (week) do nothing`.execute(ctx.db)
  return week
}

/** The last weeks, newest first. Who does not see everybody is told the last week of whom they see: nothing of it is kept. */
export async function digestsFor(ctx: Context): Promise<{ items: Digest[]; readUpTo: Day | null }> {
  const readUpTo = await readUpToOf(ctx)
  if (ctx.actor.scope.kind !== 'all') {
    const last = await tellWeek(ctx, lastWeekOf(await todayOf(ctx)))
    return { items: last.said.length > 0 ? [last] : [], readUpTo }
  }
  const { rows } = await sql<{ told: Digest }>`
    select told from digests where jsonb_array_length(told->'said') > 0 order by week desc limit ${weeksShown}`.execute(
    ctx.db,
  )
  return { items: rows.map(({ told }) => told), readUpTo }
}

/** Puts news away. Only a person has news: a key does not read. */
export async function readDigest(ctx: Context, week: Day): Promise<void> {
  const staffId = staffOf(ctx)
  if (staffId === null) return
  await sql`
    insert into digest_readers (staff_id, week) values (${staffId}, ${week}::date)
        on conflict (staff_id) do update set week = greatest(digest_readers.week, excluded.week)`.execute(ctx.db)
}

async function readUpToOf(ctx: Context): Promise<Day | null> {
  const staffId = staffOf(ctx)
  if (staffId === null) return null
  const { rows } = await sql<{ week: Day }>`select week from digest_readers where staff_id = ${staffId}`.execute(ctx.db)
  return rows[0]?.week ?? null
}

const staffOf = ({ actor }: Context) => (actor.kind === 'staff' ? actor.id : null)
