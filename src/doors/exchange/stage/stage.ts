import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { ownFieldsOf } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import { type BadRow, type RowBatch, readTable } from '#platform/files/index.ts'
import { countryOfCurrency } from '../country.ts'
import { dropStaging, type Import, isStaged } from '../import.ts'
import type { Pace } from '../pace.ts'
import { type Batch, copyTexts, newBatch, orderPart, pack, stagingTables } from './batch.ts'
import { columnsOf, missingTargets } from './columns.ts'
import { missingColumns } from './problem.ts'
import { rowReader } from './row-reader.ts'

/** Rows read at once: few, so that their cells die young. */
const pieceRows = 1_000
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
  const from = begun ? one.cursor.row! + 1 : 0
  const read = rowReader({
    preset: one.preset,
    header: one.shape.columns,
    currency: options.currency,
    country: countryOfCurrency(one.preset.currency),
    own: await ownFieldsOf(ctx),
    latest: new Date(ctx.clock.now().getTime() + day).toISOString(),
  })
  const numberAt = columns['order.number']
  let rowsRead = begun ? one.rowsRead : 0
  let before: { number?: string; bad: boolean } = { bad: false }
  let writing: Promise<void> = Promise.resolve()
  let batch = newBatch()
  const send = async (piece: RowBatch) => {
    const full = batch
    batch = newBatch()
    await writing
    options.signal.throwIfAborted()
    writing = write(client, one.id, full, rowsRead, options.pace.step(piece.bytesRead, piece.totalBytes, full.rows))
    // Its failure is thrown at the next await; without this it would be an unhandled rejection until then.
    writing.catch(() => undefined)
  }
  try {
    let last: RowBatch | undefined
    for await (const piece of readTable(one.path, one.shape, {
      fromRow: from,
      batch: pieceRows,
      signal: options.signal,
    })) {
      if (numberAt === undefined) for (const { row, cells } of piece.rows) read(row, cells, batch)
      else before = readBesideBad(piece, numberAt, before, read, batch)
      for (const bad of piece.bad) batch.problems.push(problemOf(bad))
      pack(batch)
      const rows = piece.rows.length + piece.bad.length
      rowsRead += rows
      batch.rows += rows
      batch.lastRow = Math.max(batch.lastRow, piece.rows.at(-1)?.row ?? 0, piece.bad.at(-1)?.row ?? 0)
      last = piece
      if (batch.rows >= options.batchRows) await send(piece)
    }
    if (last && batch.rows > 0) await send(last)
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
  batch: Batch,
  rowsRead: number,
  pace: ReturnType<Pace['step']>,
): Promise<void> {
  await client.query('begin')
  try {
    for (const [name, text] of Object.entries(copyTexts(batch))) {
      if (text.length > 0) await copy(client, `staging.${name}_${importId}`, text)
    }
    if (batch.problems.length > 0) {
      await client.query(
        `insert into import_problems (import_id, row, reason, column_name, value, params)
         select $1, row, reason, "column", value, coalesce(params, '{}')
           from jsonb_to_recordset($2::jsonb) as one(row bigint, reason text, "column" text, value text, params jsonb)
             on conflict do nothing`,
        [
          importId,
          JSON.stringify(batch.problems.map((one) => ({ ...one, value: one.value?.slice(0, 80).toWellFormed() }))),
        ],
      )
    }
    await client.query(
      `update imports
          set cursor = cursor || jsonb_build_object('row', $2::bigint), rows_read = $3, rows_total = $4, phase_done = $5, phase_total = $6,
              rate = $7, seconds_left = $8
        where id = $1`,
      [importId, batch.lastRow, rowsRead, pace.estimate(rowsRead), pace.done, pace.total, pace.rate, pace.secondsLeft],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function copy(client: PoolClient, table: string, text: Buffer[]): Promise<void> {
  await pipeline(Readable.from(text), client.query(copyFrom(`copy ${table} from stdin`)))
}

/**
 * Rows with too few or too many cells do not say whose they are: the orders of the rows beside them are held back, for one of
 * them lacks that row.
 */
function readBesideBad(
  piece: RowBatch,
  numberAt: number,
  before: { number?: string; bad: boolean },
  read: (row: number, cells: string[], batch: Batch) => void,
  batch: Batch,
): { number?: string; bad: boolean } {
  let { number, bad } = before
  let nextBad = 0
  for (const { row, cells } of piece.rows) {
    while (nextBad < piece.bad.length && piece.bad[nextBad]!.row < row) {
      if (number) orderPart(batch, number, row, 'sale').broken = true
      bad = true
      nextBad += 1
    }
    read(row, cells, batch)
    const own = cells[numberAt]?.trim()
    if (bad && own) {
      const part = batch.orders.get(own)
      if (part) part.broken = true
      bad = false
    }
    number = own
  }
  if (nextBad < piece.bad.length) {
    if (number) orderPart(batch, number, piece.bad[nextBad]!.row, 'sale').broken = true
    bad = true
  }
  return { number: number === undefined ? undefined : Buffer.from(number, 'utf16le').toString('utf16le'), bad }
}

function problemOf({ row, reason, column, value, found, expected }: BadRow): Batch['problems'][number] {
  return { row, reason, column, value, params: { found: found ?? 0, expected: expected ?? 0 } }
}
