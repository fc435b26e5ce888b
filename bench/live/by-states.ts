import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import { ask } from '../segments/made.ts'

// Dittofeed's way: of each segment a state of each person (how many different events, in AggregatingMergeTree), written from the
// events since the last cycle; then whether the merged state fulfils the segment, for whom a state was written. A segment at a time, every two minutes.

/** A condition that such a state can tell: so many events of a kind in a window. */
export type Counted = Extract<Condition, { is: 'did' }>

const map = '(SELECT profile_id, customer_id FROM profile_customers FINAL)'

/** Empty tables of states and of who fulfils what. */
export async function emptyStates(ctx: Context): Promise<void> {
  for (const query of [
    'DROP TABLE IF EXISTS bench_states',
    'DROP TABLE IF EXISTS bench_assigned',
    `CREATE TABLE bench_states (segment UInt32, customer_id UInt64, events AggregateFunction(uniq, UInt64), computed_at SimpleAggregateFunction(max, UInt32))
       ENGINE = AggregatingMergeTree ORDER BY (segment, customer_id)`,
    `CREATE TABLE bench_assigned (segment UInt32, customer_id UInt64, is_in UInt8, computed_at UInt32)
       ENGINE = ReplacingMergeTree(computed_at) ORDER BY (segment, customer_id)`,
  ])
    await ctx.columns.command({ query })
}

/** One cycle: states from the events that came after a batch, then the answers of whom they are. `first`: the cycle's number. */
export async function cycle(
  ctx: Context,
  segments: ReadonlyMap<number, Counted>,
  { number, after, since }: { number: number; after: number; since(days: number): string },
): Promise<void> {
  for (const [id, { kind, days, atLeast = 1 }] of segments) {
    await ctx.columns.command({
      query: `INSERT INTO bench_states
        SELECT ${id}, m.customer_id, uniqState(cityHash64(e.batch, e.place)), ${number}
          FROM (SELECT profile_id, batch, place FROM behaviour WHERE kind = '${kind}' AND at >= ${since(days ?? 36_500)} AND batch > ${after}) AS e
         INNER JOIN ${map} AS m ON m.profile_id = e.profile_id GROUP BY m.customer_id`,
    })
    await ctx.columns.command({
      query: `INSERT INTO bench_assigned
        SELECT ${id}, customer_id, uniqMerge(events) >= ${atLeast}, ${number} FROM bench_states
         WHERE segment = ${id} AND customer_id IN (SELECT customer_id FROM bench_states WHERE segment = ${id} AND computed_at = ${number})
         GROUP BY customer_id`,
    })
  }
}

/** How many fulfil a segment by the latest answers. */
export async function assigned(ctx: Context, segment: number): Promise<number> {
  const [row] = await ask<{ n: number }>(
    ctx,
    `SELECT count() AS n FROM bench_assigned FINAL WHERE segment = ${segment} AND is_in = 1`,
  )
  return row!.n
}
