import { sql } from 'kysely'
import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import type { Forecast, predictionsContract } from './contract.ts'

export type LatestForecast = z.output<NonNullable<(typeof predictionsContract.forecast)['~orpc']['outputSchema']>>

/** The last forecast that was made; null before the first. */
export async function latestForecast(ctx: Context): Promise<LatestForecast> {
  const { rows } = await sql<{ found: Forecast; endedAt: Date }>`
    select found, ended_at from forecasts where state = 'done' order by id desc limit 1`.execute(ctx.db)
  const { rows: last } = await sql<{ state: string; endedAt: Date | null }>`
    select state, ended_at from forecasts order by id desc limit 1`.execute(ctx.db)
  const [done] = rows
  const [newest] = last
  return {
    forecast: done?.found ?? null,
    madeAt: done?.endedAt.toISOString() ?? null,
    failedAt: newest?.state === 'failed' ? (newest.endedAt?.toISOString() ?? null) : null,
    running: newest?.state === 'running',
  }
}

/** Asks for a new forecast soon; one that waits already is enough. */
export async function askForecast(ctx: Context): Promise<void> {
  await askFor(ctx, 'predictions.forecast', { askedBy: ctx.actor.label }, 'asked')
}
