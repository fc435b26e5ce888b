import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileTally, type Plan, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import { segmentOf } from './segment.ts'

export type Tally = { customers: number; matched: number; unknown: number }

/** How many customers there are, how many a question finds, and of how many it cannot be said. The signal ends it in the engine. */
export async function tallyQuestion(ctx: Context, question: Condition, signal?: AbortSignal): Promise<Tally> {
  return tallyPlan(ctx, await planFor(ctx, { where: question }), signal)
}

export async function tallyPlan(ctx: Context, { lens, where, yardstick }: Plan, signal?: AbortSignal): Promise<Tally> {
  const [found] = await rowsOf<{ customers: number; yes: number[]; unknown: number[] }>(
    ctx,
    compileTally({ lens, yardstick, conditions: [where] }),
    signal,
  )
  return { customers: found?.customers ?? 0, matched: found?.yes[0] ?? 0, unknown: found?.unknown[0] ?? 0 }
}

/** Counts a segment. Whoever sees all keeps the count with it; a list that shows only some people keeps none. */
export async function countSegment(ctx: Context, id: number, signal?: AbortSignal): Promise<Tally> {
  const { version } = await segmentOf(ctx, id)
  const tally = await tallyQuestion(ctx, { is: 'segment', in: [id] }, signal)
  if (ctx.actor.scope.kind === 'all') {
    await sql`
      update segments set counted = ${tally.matched}, counted_at = ${ctx.clock.now()}
       where id = ${id} and version = ${version}`.execute(ctx.db)
  }
  return tally
}

/** How many are in one segment, in another, in both: one reading. */
export async function overlapOf(
  ctx: Context,
  one: number,
  other: number,
): Promise<{ one: number; other: number; both: number }> {
  for (const id of [one, other]) await segmentOf(ctx, id)
  const { lens, where, yardstick } = await planFor(ctx, {
    where: { is: 'and', of: [one, other].map((id) => ({ is: 'segment', in: [id] })) },
  })
  const parts = where.is === 'and' ? where.of : []
  const [found] = await rowsOf<{ yes: number[] }>(ctx, compileTally({ lens, yardstick, conditions: [...parts, where] }))
  const [inOne = 0, inOther = 0, both = 0] = found?.yes ?? []
  return { one: inOne, other: inOther, both }
}
