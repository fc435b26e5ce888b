import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day, instantIn } from '#platform/days.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import {
  compileAnswers,
  compileTally,
  type Many,
  memberQuestion,
  rowsOf,
  segmentTrees,
  todayOf,
  withSegments,
} from '#understand/query/index.ts'
import { planMany } from '#understand/value/index.ts'
import type { Why } from './contract.ts'
import { segmentEntered, segmentLeft } from './facts.ts'

/**
 * For a shop whose past is made at once, as the demo: how many were in each segment as its questions find them for past days, and who came and left
 * on the last of them. Historic: it fills records and fires nothing. Tags and fields are asked as they stand today.
 * @param options.days how far back, every week a size; `moves`: days whose comings and goings are told one by one
 */
export async function recallPast(ctx: Context, { days = 60, moves = 6 } = {}): Promise<void> {
  const trees = await segmentTrees(ctx)
  const questions = await Promise.all(trees.map((one) => withSegments(ctx, memberQuestion(one))))
  const today = await todayOf(ctx)
  const past = (ago: number) => planMany(ctx, questions, { asOf: addDays(today, -ago) })
  const sizes: Size[] = []
  let first = days
  for (let ago = days; ago > moves; ago -= 7) {
    const [found] = await rowsOf<{ yes: number[] }>(ctx, compileTally(await past(ago)))
    for (const [at, { id }] of trees.entries()) sizes.push(sized(id, addDays(today, -ago), found?.yes[at] ?? 0))
    first = Math.max(first, ago)
  }
  const told: Move[] = []
  let before = moves > 0 ? await membersOn(ctx, await past(moves + 1)) : []
  for (let ago = moves; ago > 0; ago -= 1) {
    const day = addDays(today, -ago)
    const members = await membersOn(ctx, await past(ago))
    const busy = await busyOn(ctx, day)
    for (const [at, { id }] of trees.entries()) {
      const [was, is] = [before[at]!, members[at]!]
      const move = (entered: boolean) => (customerId: number) => ({
        ...{ segmentId: id, customerId, entered, day },
        why: busy.has(customerId) ? ('data' as const) : ('time' as const),
      })
      const came = [...is].filter((one) => !was.has(one)).map(move(true))
      const went = [...was].filter((one) => !is.has(one)).map(move(false))
      told.push(...came, ...went)
      sizes.push(sized(id, day, is.size, came.length, went.length))
    }
    before = members
  }
  await inTransaction(ctx, async (ctx) => {
    await keepSizes(ctx, sizes, addDays(today, -first))
    await tell(ctx, told)
  })
}

type Size = { segmentId: number; day: Day; size: number; entered: number; left: number }
type Move = { segmentId: number; customerId: number; entered: boolean; day: Day; why: Why }

const sized = (segmentId: number, day: Day, size: number, entered = 0, left = 0): Size => ({
  ...{ segmentId, day, size, entered, left },
})

async function membersOn(ctx: Context, many: Many): Promise<Set<number>[]> {
  const rows = await rowsOf<{ customerId: number; answers: number[] }>(ctx, compileAnswers(many))
  return many.conditions.map(
    (_, at) => new Set(rows.filter(({ answers }) => answers[at] === 1).map(({ customerId }) => customerId)),
  )
}

/** Who did or bought anything on a day. */
async function busyOn(ctx: Context, day: Day): Promise<Set<number>> {
  const { zone } = await merchantOf(ctx)
  const rows = await rowsOf<{ customerId: number }>(ctx, {
    sql: `SELECT DISTINCT customer_id AS customerId FROM profile_customers FINAL WHERE profile_id IN (
            SELECT profile_id FROM behaviour WHERE toDate(at, {zone:String}) = {day:Date} AND at >= toDateTime64({day:Date} - 1, 3) AND at < toDateTime64({day:Date} + 2, 3)
            UNION ALL SELECT profile_id FROM orders WHERE day = {day:Date})`,
    params: { zone, day },
  })
  return new Set(rows.map(({ customerId }) => customerId))
}

/** The question was not new today, but on the first of these days. */
async function keepSizes(ctx: Context, sizes: readonly Size[], first: Day): Promise<void> {
  await sql`
    insert into segment_sizes (segment_id, day, size, entered, "left", anew)
    select s."segmentId", s.day, s.size, s.entered, s."left", s.day = ${first}::date
      from jsonb_to_recordset(${JSON.stringify(sizes)}::jsonb) as s("segmentId" int, day date, size int, entered int, "left" int)
    on conflict (segment_id, day) do nothing`.execute(ctx.db)
  await sql`update segment_sizes set anew = false where day > ${first}::date`.execute(ctx.db)
}

async function tell(ctx: Context, moves: readonly Move[]): Promise<void> {
  const { zone } = await merchantOf(ctx)
  const { rows } = await sql<{ customerId: number; profileId: number }>`
    select customer_id, min(profile_id) as profile_id from profile_customers
     where customer_id = any(${[...new Set(moves.map(({ customerId }) => customerId))]}::bigint[]) group by customer_id`.execute(
    ctx.db,
  )
  const profiles = new Map(rows.map(({ customerId, profileId }) => [customerId, profileId]))
  // By time at midnight; by what happened some time in the day.
  const at = ({ day, why, customerId }: Move) =>
    new Date(instantIn(zone, day).getTime() + (why === 'time' ? 30_000 : 36_000_000 + (customerId % 36_000) * 1000))
  // Day by day: the log is read from its end.
  for (const day of [...new Set(moves.map(({ day }) => day))]) {
    for (const [kind, entered] of [
      [segmentEntered, true],
      [segmentLeft, false],
    ] as const) {
      const some = moves.filter((one) => one.day === day && one.entered === entered && profiles.has(one.customerId))
      await announceAll(
        ctx,
        kind,
        some.map((one) => ({
          profileId: profiles.get(one.customerId)!,
          subjectId: one.segmentId,
          ...{ at: at(one), historic: true, data: { why: one.why } },
        })),
      )
    }
  }
}
