import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { nextBatch, type Place } from './batch.ts'
import { compute } from './compute.ts'
import { copyChanges, ofRun } from './copy-changes.ts'
import { copyRows } from './copy-rows.ts'
import { move, readCursors, startCursors } from './cursors.ts'
import { dropNextTables, exchangeTables, makeNextTables } from './next-tables.ts'
import { projected } from './projected.ts'
import { openRun, type Run, withLock } from './run.ts'

export type RebuildOptions = {
  signal?: AbortSignal
  /** Told what is done, as `orders: 1200000 rows`. */
  onProgress?: (text: string) => void
}

/**
 * Makes the columns anew from the records while the shop runs: the live tables are read and kept up as ever, until new ones are
 * complete and at the same position; then they are exchanged. Cut off anywhere, the live tables stay; the next rebuild starts
 * from the beginning.
 *
 * Needs room for both generations on the disk. Behaviour (which is truth in the columns) is not touched.
 * @returns rows copied by table
 * @throws Refusal `projection.rebuilding` where another rebuild is under way
 */
export async function rebuild(ctx: Context, options: RebuildOptions = {}): Promise<Record<string, number>> {
  const { signal, onProgress = () => undefined } = options
  const result = await withLock(ctx, 'rebuild', { wait: false }, async (held) => {
    const { rows: begun } = await sql<{ id: number }>`
      insert into projection_rebuilds default values returning id`.execute(held.ctx.db)
    await sql`delete from projections where target = 'next'`.execute(held.ctx.db)
    await makeNextTables(ctx.columns)

    const first = await openRun(held, 'next')
    await startCursors(held.ctx, 'next', { epoch: first.epoch, xid: first.horizon })
    const copied = await copyEverything(first, { signal, onProgress })
    await catchUp(await openRun(held, 'next'), onProgress)
    // The last step: what changed since, while nothing is written to the live tables.
    await withLock(ctx, 'projection', { wait: true }, async () => {
      signal?.throwIfAborted()
      await catchUp(await openRun(held, 'next'), onProgress)
      await exchangeTables(ctx.columns)
      await inTransaction(held.ctx, async (ctx) => {
        await sql`delete from projections where target = 'live'`.execute(ctx.db)
        await sql`update projections set target = 'live' where target = 'next'`.execute(ctx.db)
        await sql`update projection_rebuilds set ended_at = clock_timestamp() where id = ${begun[0]!.id}`.execute(
          ctx.db,
        )
      })
    })
    await dropNextTables(ctx.columns)
    return copied
  })
  if (!result) throw new Refusal('conflict', 'projection.rebuilding')
  return result
}

/**
 * Copies all rows of all tables by id, each batch in a snapshot of its own. A row that changes meanwhile carries a transaction
 * at or above the first horizon, and so does a deleted one's tombstone: catching up from there finds both.
 */
async function copyEverything(
  run: Run,
  { signal, onProgress }: Required<Pick<RebuildOptions, 'onProgress'>> & RebuildOptions,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const one of projected) {
    counts[one.name] = 0
    // Whom nobody copied before, nobody needs to bury.
    if (one.name === 'tombstones') continue
    for (let after: Place = { xid: '0', id: 0 }; ; ) {
      signal?.throwIfAborted()
      const batch = await nextBatch(run.ctx, one, 'everything', after, run)
      if (!batch) break
      const range = { by: 'everything', after, upTo: batch.upTo } as const
      const token = `rebuild:${one.name}:${after.id}:${batch.upTo.id}`
      await copyRows(ofRun(run), one, range, run, { suffix: '_next', token })
      after = batch.upTo
      counts[one.name]! += batch.rows
      await sql`
        update projections set rows = ${counts[one.name]!}, moved_at = clock_timestamp()
         where target = 'next' and name = ${one.name}`.execute(run.ctx.db)
      onProgress(`${one.name}: ${counts[one.name]} rows`)
    }
  }
  return counts
}

async function catchUp(run: Run, onProgress: (text: string) => void): Promise<void> {
  onProgress('catching up')
  const cursors = await readCursors(run.ctx, 'next')
  await copyChanges(run, cursors)
  onProgress('traits')
  await compute(run, cursors.get('traits')!.place.xid)
  await move(run.ctx, 'next', 'traits', { xid: run.horizon, id: 0 }, 0)
}
