import { randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { touchedSince } from '#understand/projection/index.ts'
import { type Among, rowsOf } from '#understand/query/index.ts'
import type { Keeping, Position } from './keeping.ts'

/** Whom new data touched, noted in the columns under two runs: all of them, and those for whom it is news. */
export type Touched = { run: string; news: string; customers: number }

/** Events that happened so long before they were told are history. */
const newsDays = 2

/**
 * Notes whom the records and behaviour touched since the last turn. News is what a live fact or a fresh event brought about; what only
 * imported history did moves people without a word.
 */
export async function touch(ctx: Context, since: Keeping, upTo: Position): Promise<Touched> {
  const run = randomUUID()
  const news = `${run} news`
  const query_params = {
    run,
    news,
    since: since.version,
    from: since.batch,
    to: upTo.batch,
    reached: since.reached,
    fresh: new Date(ctx.clock.now().getTime() - newsDays * 86_400_000).toISOString().replace('T', ' ').replace('Z', ''),
  }
  const events = 'SELECT profile_id FROM behaviour WHERE batch > {from:UInt64} AND batch <= {to:UInt64}'
  const map = (profiles: string) => `SELECT customer_id FROM profile_customers FINAL WHERE profile_id IN (${profiles})`
  const note = async (run: string, customers: string) =>
    ctx.columns.command({
      query: `INSERT INTO touched (run, customer_id) SELECT DISTINCT {${run}:String}, customer_id FROM (${customers})`,
      query_params,
      clickhouse_settings: { distributed_product_mode: 'global', distributed_foreground_insert: 1 },
    })
  const reached = 'SELECT customer_id FROM reachable WHERE version > {reached:UInt64}'
  await note('run', `${touchedSince()} UNION ALL ${map(events)} UNION ALL ${reached}`)
  const [counted] = await rowsOf<{ customers: number }>(ctx, {
    sql: 'SELECT uniqExact(customer_id) AS customers FROM touched WHERE run = {run:String}',
    params: { run },
  })
  const customers = counted?.customers ?? 0
  if (customers > 0) {
    const facts = (historic: 0 | 1) =>
      `SELECT profile_id FROM facts WHERE version >= {since:UInt64} AND historic = ${historic} AND profile_id > 0 AND NOT startsWith(kind, 'membership.')`
    // A pause that ends is nobody's word: it is news unless a file brought about the answer.
    await note(
      'news',
      `${map(`${facts(0)} UNION ALL ${events} AND at >= {fresh:DateTime64(3)}`)}
       UNION ALL ${reached} AND customer_id NOT IN (${map(facts(1))})`,
    )
  }
  return { run, news, customers }
}

/** A piece of those who were touched: from after one number up to another, both numbers of customers. */
export type Piece = { run: string; after: number; upTo: number }

/** Their numbers, as a subquery of `customer_id`. Literals of ours alone. */
export function idsOf({ run, after, upTo }: Piece): string {
  return `SELECT customer_id FROM touched WHERE run = '${run}' AND customer_id > ${Math.trunc(after)} AND customer_id <= ${Math.trunc(upTo)}`
}

/** For statements that read nobody else. */
export function amongOf(piece: Piece): Among {
  const here = `customer_id IN (${idsOf(piece)})`
  return { customers: here, profiles: `SELECT arrayJoin(profiles) FROM traits FINAL WHERE ${here}` }
}

/** The next customers after a number, and for whom of them it is news. */
export async function nextTouched(
  ctx: Context,
  { run, news }: Touched,
  after: number,
  most: number,
): Promise<{ customerId: number; isNews: boolean }[]> {
  const rows = await rowsOf<{ customerId: number; isNews: number }>(ctx, {
    sql: `
SELECT customer_id AS customerId, max(run = {news:String}) AS isNews FROM touched
 WHERE run IN ({run:String}, {news:String}) AND customer_id > {after:UInt64}
 GROUP BY customer_id HAVING max(run = {run:String}) = 1 ORDER BY customer_id LIMIT {most:UInt32}`,
    params: { run, news, after, most },
  })
  return rows.map(({ customerId, isNews }) => ({ customerId, isNews: isNews === 1 }))
}
