import type { Context } from '#platform/context.ts'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { bindings, rowsOf } from '#understand/query/index.ts'
import { buyersSql, gapsSql, meanSpendSql } from './buyers-sql.ts'

/** More buyers than this are sampled: two million tell a handful of parameters as well as twenty. Bounds memory and time. */
const most = 2_000_000

/** What a forecast is made from, as text of whole numbers, so that no thread that serves has to read a million of them. */
export type Readings = {
  asOf: Day
  since: Day | null
  buyers: number
  repeaters: number
  sample: number
  averageSpend: number | null
  gaps: { median: number; late: number } | null
  /** repeats, last, age, count, and two zeros: equal histories once. */
  histories: string
  /** repeats, mean spend: of each who bought again for more than nothing. */
  spending: string
  /** By how many days were held back: repeats, last, age, count, how many bought in the days held back, how often. */
  held: { days: number; cutoff: Day; text: string; repeatsByDay: string }[]
}

/** How many days are held back to check a forecast, where there is as long a history before them. */
const holdBack = [90, 365]

/** Some readings of the traits, a second each for a million customers. */
export async function readingsOf(ctx: Context, asOf: Day): Promise<Readings> {
  const whole = await wholeOf(ctx, asOf)
  const sample = Math.max(1, Math.ceil(whole.buyers / most))
  const within = sample > 1 ? `cityHash64(customer_id) % ${sample} = 0` : ''
  const history = whole.since === null ? 0 : daysBetween(whole.since, asOf)
  const grouped = async (day: Day) => {
    const bound = bindings()
    const buyers = buyersSql(day, bound, { within })
    // Of who bought nothing after the day both further numbers are 0.
    const later = `arrayCount(d -> d > ${bound.bind(day, 'Date')} AND d <= ${bound.bind(asOf, 'Date')}, arrayCompact(purchase_days))`
    return textOf(ctx, {
      sql: `SELECT repeats, last, age, count(), countIf(${later} > 0), sum(${later}) FROM ${buyers} GROUP BY repeats, last, age`,
      params: bound.params,
    })
  }
  const held: Readings['held'] = []
  for (const days of holdBack.filter((days) => history >= 2 * days)) {
    const cutoff = addDays(asOf, -days)
    held.push({
      days,
      cutoff,
      text: await grouped(cutoff),
      repeatsByDay: await repeatsByDay(ctx, { cutoff, asOf, within }),
    })
  }
  const bound = bindings()
  const spending = await textOf(ctx, {
    sql: `SELECT repeats, ${meanSpendSql} AS mean FROM ${buyersSql(asOf, bound, { within })} WHERE repeats > 0 AND mean > 0`,
    params: bound.params,
  })
  return { asOf, ...whole, sample, histories: await grouped(asOf), spending, held }
}

type Whole = Pick<Readings, 'since' | 'buyers' | 'repeaters' | 'averageSpend' | 'gaps'>

async function wholeOf(ctx: Context, asOf: Day): Promise<Whole> {
  const bound = bindings()
  const [row] = await rowsOf<{
    since: Day
    buyers: number
    repeaters: number
    spend: number | null
    gaps: number
    quantiles: [number, number]
  }>(ctx, {
    sql: `SELECT toString(min(p[1])) AS since, count() AS buyers, countIf(repeats > 0) AS repeaters,
       sumIf(${meanSpendSql} * repeats, repeats > 0) / nullIf(sum(repeats), 0) AS spend, sum(length(${gapsSql})) AS gaps,
       quantilesExactArray(0.5, 0.75)(${gapsSql}) AS quantiles
  FROM ${buyersSql(asOf, bound)}`,
    params: bound.params,
  })
  if (!row || row.buyers === 0) return { since: null, buyers: 0, repeaters: 0, averageSpend: null, gaps: null }
  const { since, buyers, repeaters, spend, gaps, quantiles } = row
  // Thirty gaps tell where a half and three quarters lie; five do not.
  return {
    since,
    buyers,
    repeaters,
    averageSpend: spend === null ? null : Math.round(spend),
    gaps: gaps < 30 ? null : { median: quantiles[0], late: quantiles[1] },
  }
}

/** Days since 1970, and how many repeat purchases fell on each, of who had bought by the cutoff. */
async function repeatsByDay(
  ctx: Context,
  { cutoff, asOf, within }: { cutoff: Day; asOf: Day; within: string },
): Promise<string> {
  const bound = bindings()
  const buyers = buyersSql(asOf, bound, { within })
  return textOf(ctx, {
    sql: `SELECT toUInt32(day), count() FROM (SELECT arrayJoin(arrayPopFront(p)) AS day FROM ${buyers} WHERE p[1] <= ${bound.bind(cutoff, 'Date')}) GROUP BY day`,
    params: bound.params,
  })
}

async function textOf(
  ctx: Context,
  { sql, params }: { sql: string; params: Record<string, unknown> },
): Promise<string> {
  const result = await ctx.columns.query({
    query: sql,
    query_params: params,
    format: 'TabSeparated',
    clickhouse_settings: { distributed_product_mode: 'global' },
  })
  return result.text()
}
