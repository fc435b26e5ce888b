import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { projectionPosition, whileColumnsStand } from '#understand/projection/index.ts'
import { todayOf } from '#understand/query/index.ts'
import { reachablePosition } from '#understand/reachable/index.ts'
import { type Basis, basesOf } from './basis.ts'
import { dropGenerations } from './drop-generations.ts'
import { followTouched } from './follow-touched.ts'
import { behaviourPosition, type Fence, isAfter, keepingOf, type Position, pass } from './keeping.ts'
import { membershipsOf } from './membership.ts'
import { only, recount } from './recount.ts'
import { touch } from './touched.ts'

/** Of more people it is cheaper to count all segments as a whole. */
const mostTouched = 20_000

/** From so many flips on a segment is counted as a whole, so that they stay few. */
const mostFlips = 20_000

/** What the memberships of a house rest on as this process last found all of them right. */
const settled = new WeakMap<Columns, string>()

/**
 * One turn of keeping who is in each saved segment. Where nothing has come to the columns since, and it is the same day of the shop, it
 * costs a look at the records. Else, while the columns stand:
 *
 * 1. whom new data touched is evaluated in all segments;
 * 2. segments whose answers another day, or what is measured of all, may have changed are counted as a whole, and it is told who moved;
 * 3. those that are new or ask something else are counted without a word.
 *
 * One process at a time, by a lock of its own connection; and each of its transactions finds that nobody else wrote since (keeping.ts).
 * @returns whether there was something to do
 */
export async function keepMemberships(ctx: Context): Promise<boolean> {
  if (!(await merchantIfAny(ctx))) return false
  const stamp = [
    await projectionPosition(ctx),
    await behaviourPosition(ctx),
    await reachablePosition(ctx),
    await todayOf(ctx),
  ].join(' ')
  if (settled.get(ctx.columns) === stamp) return false
  const done = await alone(ctx, () =>
    whileColumnsStand(ctx, async (version) => {
      await turn({ ...ctx, actor: systemActor }, version)
      return true
    }),
  )
  if (done) settled.set(ctx.columns, stamp)
  return done ?? false
}

async function turn(ctx: Context, version: string): Promise<void> {
  const since = await keepingOf(ctx)
  const at: Position = { version, batch: await behaviourPosition(ctx), reached: await reachablePosition(ctx) }
  const fence: Fence = { turn: since.turn }
  const { bases, many: all } = await basesOf(ctx)
  const many = { ...all, ids: bases.map(({ id }) => id) }
  const memberships = await membershipsOf(ctx)
  // In another epoch the bitmaps are those of another life of this house.
  const steady = since.epoch === since.now ? bases.filter(({ id, asked }) => memberships.get(id)?.asked === asked) : []
  const again = new Set(bases.filter((one) => !steady.includes(one)))
  let crowd: string | undefined
  if (steady.length > 0 && isAfter(at, since)) {
    const touched = await touch(ctx, since, at)
    if (touched.customers > mostTouched) crowd = touched.news
    else if (touched.customers > 0) {
      const ids = steady.map(({ id }) => id)
      const lost = await followTouched(ctx, fence, touched, {
        many: only(many, ids),
        memberships: ids.map((id) => memberships.get(id)!),
        since,
      })
      for (const one of steady) if (lost.includes(one.id)) again.add(one)
    }
  }
  const loud = steady.filter((one) => !again.has(one))
  const isMoved = ({ id, dated, measured }: Basis) =>
    memberships.get(id)!.dated !== dated || memberships.get(id)!.measured !== measured
  const moved = loud.filter(isMoved)
  const wanted = (some: readonly Basis[]) => some.map((basis) => ({ basis, before: memberships.get(basis.id) }))
  const byTime = moved.filter(({ id }) => memberships.get(id)!.asOf !== many.lens.asOf)
  const byData = moved.filter((one) => !byTime.includes(one))
  await recount(ctx, fence, { many, wanted: wanted(byTime), told: { why: 'time' } })
  await recount(ctx, fence, { many, wanted: wanted(byData), told: { why: 'data' } })
  if (crowd) {
    const rest = loud.filter((one) => !moved.includes(one))
    await recount(ctx, fence, { many, wanted: wanted(rest), told: { why: 'data', news: crowd } })
  }
  const full = await overfull(ctx, [...moved, ...again])
  await recount(ctx, fence, { many, wanted: wanted(loud.filter(({ id }) => full.includes(id))), told: { why: 'data' } })
  await recount(ctx, fence, { many, wanted: wanted([...again]) })
  await settle(ctx, fence, { ...at, epoch: since.now, day: many.lens.asOf })
  if (moved.length + again.size + full.length > 0 || crowd) await dropGenerations(ctx)
}

/** Segments with many flips, but for some. */
async function overfull(ctx: Context, but: readonly Basis[]): Promise<number[]> {
  const { rows } = await sql<{ segmentId: number }>`
    select segment_id from segment_flips where segment_id <> all(${but.map(({ id }) => id)}::int[])
     group by segment_id having count(*) > ${mostFlips}`.execute(ctx.db)
  return rows.map(({ segmentId }) => segmentId)
}

/** All is right as of this position and this day: of those, too, whom time does not change. */
function settle(ctx: Context, fence: Fence, at: Position & { epoch: number; day: string }): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await pass(ctx, fence)
    await sql`
      update membership_keeping set version = ${at.version}::numeric, batch = ${at.batch}, reached = ${at.reached}::numeric, epoch = ${at.epoch}`.execute(
      ctx.db,
    )
    await sql`update segment_memberships set as_of = ${at.day}::date where as_of <> ${at.day}::date`.execute(ctx.db)
  })
}

/** @returns undefined where another process takes its turn */
function alone<T>(ctx: Context, work: () => Promise<T | undefined>): Promise<T | undefined> {
  return withConnection(ctx.db, async (_, db) => {
    const lock = sql`hashtextextended('regulars.memberships', 0)`
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${lock}) as got`.execute(db)
    if (!rows[0]?.got) return undefined
    const done = await work()
    await sql`select pg_advisory_unlock(${lock})`.execute(db)
    return done
  })
}
