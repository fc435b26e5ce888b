import { constants, zstdCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Behaviour, mostRows, rowOf } from './behaviour.ts'

const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Appends what customers did, in the caller's transaction: it is there if and only if that commits, and in the columns a moment
 * later (`writeBatches`). Some 40 bytes a row are written to the records on the way. Appenders take turns until they commit.
 * @param rows at most 100,000
 */
export async function appendBehaviour(ctx: Context, rows: readonly Behaviour[]): Promise<void> {
  if (!ctx.db.isTransaction) throw new Error('appendBehaviour outside a transaction')
  if (rows.length === 0) return
  if (rows.length > mostRows) throw new Error(`${rows.length} rows of behaviour at once`)
  const { rows: kept } = await sql<{ id: number }>`
    update behaviour_keeping set last_id = last_id + 1 returning last_id as id`.execute(ctx.db)
  const { id } = kept[0]!
  const body = zstdCompressSync(rows.map((one, place) => rowOf(one, id, place)).join(''), quick)
  await sql`
    insert into behaviour_batches (id, rows, body) values (${id}, ${rows.length}, ${body})`.execute(ctx.db)
}
