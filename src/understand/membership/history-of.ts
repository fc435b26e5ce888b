import { sql } from 'kysely'
import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { todayOf } from '#understand/query/index.ts'
import { segmentOf } from '#understand/segments/index.ts'
import type { membershipContract } from './contract.ts'

export type History = z.output<NonNullable<(typeof membershipContract.history)['~orpc']['outputSchema']>>

/** How many are in a segment and how many there were, over the last days. @throws Refusal `segments.unknown_one` */
export async function historyOf(ctx: Context, id: number, days = 400): Promise<History> {
  await segmentOf(ctx, id)
  const since = addDays(await todayOf(ctx), -days)
  const [{ rows: now }, { rows }] = await Promise.all([
    sql<{ size: number; asOf: string; evaluatedAt: Date }>`
      select size, as_of, evaluated_at from segment_memberships where segment_id = ${id}`.execute(ctx.db),
    sql<History['days'][number]>`
      select day, size, entered, "left", anew from segment_sizes
       where segment_id = ${id} and day >= ${since}::date order by day`.execute(ctx.db),
  ])
  return {
    size: now[0]?.size ?? null,
    asOf: now[0]?.asOf ?? null,
    at: now[0]?.evaluatedAt.toISOString() ?? null,
    days: rows,
  }
}
