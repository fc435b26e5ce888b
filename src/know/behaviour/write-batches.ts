import { Readable } from 'node:stream'
import { zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { columns } from './behaviour.ts'

type Batch = { id: number; token: string; body: Buffer }

/** A turn takes no new batch after this, so that a stop is not kept waiting. */
const turnMs = 5_000

/**
 * Brings the batches that wait into the columns, the oldest first: insert under the batch's token, then forget the batch. Killed in
 * between, the next turn inserts the same rows under the same token, which ClickHouse drops. One process at a time, by a lock of its
 * own connection: no transaction is open while ClickHouse works, for it would hold back the readers of facts.
 * @returns whether there was something to do
 */
export async function writeBatches(ctx: Context): Promise<boolean> {
  const { rows } = await sql`select from behaviour_batches limit 1`.execute(ctx.db)
  if (rows.length === 0) return false
  return withConnection(ctx.db, async (_, db) => {
    const lock = sql`hashtextextended('regulars.behaviour', 0)`
    const { rows: locked } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${lock}) as got`.execute(db)
    if (!locked[0]?.got) return false
    const until = ctx.clock.machine().getTime() + turnMs
    do {
      const { rows } = await sql<Batch>`
        select id, token, body from behaviour_batches order by id limit 1`.execute(db)
      const batch = rows[0]
      if (!batch) break
      await insert(ctx, batch)
      await sql`delete from behaviour_batches where id = ${batch.id}`.execute(db)
    } while (ctx.clock.machine().getTime() < until)
    await sql`select pg_advisory_unlock(${lock})`.execute(db)
    return true
  })
}

async function insert(ctx: Context, { token, body }: Batch): Promise<void> {
  await ctx.columns.insert({
    table: 'behaviour',
    columns: [...columns] as [string, ...string[]],
    values: Readable.from([zstdDecompressSync(body)], { objectMode: false }),
    format: 'TabSeparated',
    // One block, so that the token covers all of it or nothing; of each month's part by itself.
    clickhouse_settings: {
      insert_deduplicate: 1,
      insert_deduplication_token: token,
      max_insert_block_size: '10000000',
      min_insert_block_size_rows: '10000000',
      min_insert_block_size_bytes: '4000000000',
      max_insert_threads: '1',
      max_partitions_per_insert_block: '0',
      distributed_foreground_insert: 1,
    },
  })
}
