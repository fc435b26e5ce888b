import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { ownFieldsOf } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import { countryOfCurrency } from '../country.ts'
import { dropStaging, type Import, isStaged } from '../import.ts'
import type { Pace } from '../pace.ts'
import { stagingTables } from './batch.ts'
import { columnsOf, missingTargets, tellsReviewsAlone, tellsStepsAlone } from './columns.ts'
import { missingColumns } from './problem.ts'
import { readBeside } from './read-beside.ts'
import type { ReadRows } from './read-rows.ts'

const day = 86_400_000

export type StageOptions = {
  currency: string
  signal: AbortSignal
  pace: Pace
  /** Rows in a transaction; the next ones are read and understood while Postgres takes these. */
  batchRows: number
}

/**
 * Reads the file into the staging tables by COPY. The cursor moves in the transaction of each batch, so a killed run goes on after
 * the last row that was kept. Where Postgres crashed meanwhile and emptied them, it begins anew.
 * @throws FileRefusal where the file breaks: the rows before are staged, nothing is applied
 */
export async function stage(ctx: Context, client: PoolClient, one: Import, options: StageOptions): Promise<void> {
  const columns = columnsOf(one.preset, one.shape.columns)
  const missing = missingTargets(columns)
  if (missing.length > 0) {
    const names = missing.map((targets) =>
      targets.flatMap((target) => one.preset.columns[target] ?? [target]).join(' / '),
    )
    throw missingColumns(names, one.fileName)
  }
  const begun = one.cursor.row !== undefined && (await isStaged(ctx, one.id))
  if (!begun) await begin(ctx, one)
  const reading = {
    path: one.path,
    shape: one.shape,
    fromRow: begun ? one.cursor.row! + 1 : 0,
    batchRows: options.batchRows,
    numberAt: tellsStepsAlone(columns) || tellsReviewsAlone(columns) ? undefined : columns['order.number'],
    reader: {
      preset: one.preset,
      header: one.shape.columns,
      currency: options.currency,
      country: countryOfCurrency(one.preset.currency),
      own: await ownFieldsOf(ctx),
      latest: new Date(ctx.clock.now().getTime() + day).toISOString(),
    },
  }
  let rowsRead = begun ? one.rowsRead : 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const read of readBeside(reading, options.signal)) {
      await writing
      options.signal.throwIfAborted()
      rowsRead += read.rows
      writing = write(client, one.id, read, rowsRead, options.pace.step(read.bytesRead, read.totalBytes, read.rows))
      // Its failure is thrown at the next await; without this it would be an unhandled rejection until then.
      writing.catch(() => undefined)
    }
    await writing
  } catch (error) {
    await writing.catch(() => undefined)
    throw error
  }
  await sql`
    update imports set cursor = cursor || '{"staged": true}', rows_total = rows_read where id = ${one.id}`.execute(
    ctx.db,
  )
}

async function begin(ctx: Context, one: Import): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db }
    await dropStaging(inside, one.id)
    for (const [name, columns] of Object.entries(stagingTables)) {
      // Read whole and dropped soon: `sort` takes the statistics itself.
      await sql
        .raw(`create unlogged table staging.${name}_${one.id} (${columns}) with (autovacuum_enabled = off)`)
        .execute(db)
    }
    // Filled as rows come: order numbers mostly ascend in a file, and a sort at the end would hold one long transaction.
    await sql.raw(`create index on staging.lines_${one.id} (number)`).execute(db)
    await sql`delete from import_problems where import_id = ${one.id}`.execute(db)
    await sql`insert into import_marks (import_id) values (${one.id})`.execute(db)
    await sql`
      update imports set cursor = (cursor - 'staged' - 'sorted') || '{"row": 0}', rows_read = 0, rows_total = null
       where id = ${one.id}`.execute(db)
  })
}

/** Writes a batch and moves the cursor, in one transaction. */
async function write(
  client: PoolClient,
  importId: number,
  read: ReadRows,
  rowsRead: number,
  pace: ReturnType<Pace['step']>,
): Promise<void> {
  await client.query('begin')
  try {
    for (const [name, text] of Object.entries(read.texts)) {
      if (text.length > 0) await copy(client, `staging.${name}_${importId}`, text)
    }
    if (read.problems.length > 0) {
      await client.query(
        `insert into import_problems (import_id, row, reason, column_name, value, params)
         select $1, row, reason, "column", value, coalesce(params, '{}')
           from jsonb_to_recordset($2::jsonb) as one(row bigint, reason text, "column" text, value text, params jsonb)
             on conflict do nothing`,
        [
          importId,
          JSON.stringify(read.problems.map((one) => ({ ...one, value: one.value?.slice(0, 80).toWellFormed() }))),
        ],
      )
    }
    await client.query(
      `update imports
          set cursor = cursor || jsonb_build_object('row', $2::bigint), rows_read = $3, rows_total = $4, phase_done = $5, phase_total = $6,
              rate = $7, seconds_left = $8
        where id = $1`,
      [importId, read.lastRow, rowsRead, pace.estimate(rowsRead), pace.done, pace.total, pace.rate, pace.secondsLeft],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function copy(client: PoolClient, table: string, text: Uint8Array[]): Promise<void> {
  await pipeline(Readable.from(text), client.query(copyFrom(`copy ${table} from stdin`)))
  for (const { buffer, byteLength } of text) {
    // Given back at once: memory outside of the heap would lie until the heap, which hardly grows here, is swept.
    if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0)
  }
}
