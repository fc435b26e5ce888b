import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { rowsOf, todayOf } from '#understand/query/index.ts'
import { beside } from './beside.ts'
import type { Forecast } from './contract.ts'
import { dropOtherOutlooks } from './drop-outlooks.ts'
import { judgeAll } from './judge-all.ts'
import { groundsOf } from './ladder.ts'
import { readingsOf } from './readings.ts'

/** Runs kept for the record. */
const kept = 90

/**
 * Makes a forecast as of today and judges every buyer by it, in a thread beside this one. One at a time in the house. Readers see the
 * one before until all outlooks are there; a run that is cut off leaves nothing to be seen, and the next takes its place.
 * @returns the forecast's id; undefined where there is no shop yet
 */
export async function makeForecast(
  ctx: Context,
  { askedBy = null, signal }: { askedBy?: string | null; signal?: AbortSignal } = {},
): Promise<number | undefined> {
  if (!(await merchantIfAny(ctx))) return undefined
  const asOf = await todayOf(ctx)
  const id = await begin(ctx, asOf, askedBy)
  try {
    const forecast = await beside(signal, async (ask): Promise<Forecast> => {
      const answer = await ask({ kind: 'reckon', readings: await readingsOf(ctx, asOf) })
      if (!('found' in answer)) throw new Error('the thread answered another question')
      const found = { ...answer.found, scored: { model: 0, alike: 0, own: 0, none: 0 } }
      await ask({ kind: 'grounds', grounds: groundsOf(found), forecast: id })
      const scored = await judgeAll(ctx, ask, { forecast: id, asOf, signal })
      const none = Math.max(0, found.buyers - scored.model - scored.alike - scored.own)
      return withThoseOfNow({ ...found, scored: { ...scored, none } }, await chancesOf(ctx, id, found.check?.days))
    })
    await ctx.columns.insert({
      table: 'forecasts',
      values: [{ id, as_of: asOf }],
      format: 'JSONEachRow',
      clickhouse_settings: { distributed_foreground_insert: 1 },
    })
    await end(ctx, id, forecast)
    await dropOtherOutlooks(ctx, id)
    return id
  } catch (error) {
    await end(ctx, id, null)
    if (signal?.aborted) return undefined
    throw error
  }
}

async function begin(ctx: Context, asOf: string, askedBy: string | null): Promise<number> {
  const now = ctx.clock.machine()
  const { rows } = await sql<{ id: number }>`
    with others as (
      update forecasts set state = 'failed', ended_at = ${now} where state = 'running'
    ), old as (
      delete from forecasts where id <= (select max(id) - ${kept} from forecasts)
    )
    insert into forecasts (as_of, asked_by, started_at) values (${asOf}::date, ${askedBy}, ${now}) returning id`.execute(
    ctx.db,
  )
  return rows[0]!.id
}

async function end(ctx: Context, id: number, found: Forecast | null): Promise<void> {
  await sql`
    update forecasts set state = ${found ? 'done' : 'failed'}, ended_at = ${ctx.clock.machine()},
           found = ${found && JSON.stringify(found)}::jsonb
     where id = ${id}`.execute(ctx.db)
}

/** How many customers have a chance in each tenth now, of buying within the days that the check looked at. */
async function chancesOf(ctx: Context, forecast: number, days: number | undefined): Promise<Map<number, number>> {
  if (!days) return new Map()
  const rows = await rowsOf<{ tenth: number; customers: number }>(ctx, {
    sql: `SELECT least(9, intDiv(${days === 365 ? 'again365' : 'again90'}, 10)) AS tenth, count() AS customers
  FROM outlooks WHERE forecast = {forecast:UInt64} AND isNotNull(tenth) GROUP BY tenth`,
    params: { forecast },
  })
  return new Map(rows.map(({ tenth, customers }) => [tenth, customers]))
}

function withThoseOfNow(found: Forecast, now: ReadonlyMap<number, number>): Forecast {
  const { check } = found
  if (!check) return found
  return { ...found, check: { ...check, bins: check.bins.map((bin, tenth) => ({ ...bin, now: now.get(tenth) ?? 0 })) } }
}
