import { Readable } from 'node:stream'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { bindings, rowsOf } from '#understand/query/index.ts'
import type { Beside } from './beside.ts'
import { buyersSql, gapsSql, meanSpendSql } from './buyers-sql.ts'
import type { Forecast } from './contract.ts'
import { outlookColumns } from './outlook-lines.ts'

/** Customers of one partition of the traits, so that a piece reads nothing of another. */
const piece = 250_000

/** Judges every buyer as of a day and writes the outlooks of a forecast; some seconds a million. The thread holds the grounds. */
export async function judgeAll(
  ctx: Context,
  ask: Beside,
  { forecast, asOf, signal }: { forecast: number; asOf: Day; signal?: AbortSignal },
): Promise<Forecast['scored']> {
  const pieces = await rowsOf<{ piece: number }>(ctx, {
    sql: `SELECT DISTINCT intDiv(customer_id, ${piece}) AS piece FROM traits ORDER BY piece`,
    params: {},
  })
  for (const one of pieces) {
    signal?.throwIfAborted()
    const answer = await ask({ kind: 'judge', lines: await linesOf(ctx, asOf, one.piece) })
    if (!('lines' in answer)) throw new Error('the thread answered another question')
    if (answer.lines) {
      await ctx.columns.insert({
        table: 'outlooks',
        columns: outlookColumns,
        values: Readable.from([answer.lines], { objectMode: false }),
        format: 'TabSeparated',
        clickhouse_settings: { distributed_foreground_insert: 1 },
      })
    }
  }
  return scoredOf(ctx, forecast)
}

async function linesOf(ctx: Context, asOf: Day, place: number): Promise<string> {
  const bound = bindings()
  const from = bound.bind(place * piece, 'UInt64')
  const to = bound.bind((place + 1) * piece, 'UInt64')
  const buyers = buyersSql(asOf, bound, { within: `customer_id >= ${from} AND customer_id < ${to}` })
  const result = await ctx.columns.query({
    query: buyerLines(buyers),
    query_params: bound.params,
    format: 'TabSeparated',
  })
  return result.text()
}

/**
 * Buyers as the thread reads them.
 * @param part of some shops, where amounts by day are not at hand: what a purchase brought in the mean, the first one included
 */
export function buyerLines(buyers: string, part = false): string {
  return `WITH ${gapsSql} AS gaps
SELECT customer_id, repeats, last, age, toUInt32(toUInt16(p[1])), toUInt32(if(empty(gaps), 0, gaps[intDiv(length(gaps) + 1, 2)])),
       toUInt32(if(empty(gaps), 0, gaps[-1])), ${part ? 'toUInt64(greatest(0, intDiv(revenue, length(p))))' : meanSpendSql}
  FROM ${buyers}`
}

async function scoredOf(ctx: Context, forecast: number): Promise<Forecast['scored']> {
  const rows = await rowsOf<{ step: 'own' | 'alike' | 'model'; customers: number }>(ctx, {
    sql: 'SELECT step, count() AS customers FROM outlooks WHERE forecast = {forecast:UInt64} GROUP BY step',
    params: { forecast },
  })
  const scored = { model: 0, alike: 0, own: 0, none: 0 }
  for (const { step, customers } of rows) scored[step] = customers
  return scored
}
