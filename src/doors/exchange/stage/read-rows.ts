import { type BadRow, type RowBatch, readTable, type TableShape } from '#platform/files/index.ts'
import { type Batch, copyTexts, newBatch, orderPart, pack, type StagingTable } from './batch.ts'
import { type ReaderOptions, rowReader } from './row-reader.ts'

/** Rows read at once: few, so that their cells die young. */
const pieceRows = 1_000

/** What is to be read. Plain data: it goes to a thread. */
export type Reading = {
  path: string
  shape: TableShape
  /** Rows before this one are passed over. */
  fromRow: number
  /** Rows of a batch. */
  batchRows: number
  /** Where the column of the order's number is; undefined in a file without orders. */
  numberAt: number | undefined
  reader: ReaderOptions
}

/** Rows that are understood, as COPY takes them, by table. */
export type ReadRows = Pick<Batch, 'rows' | 'lastRow' | 'problems'> &
  Pick<RowBatch, 'bytesRead' | 'totalBytes'> & { texts: Record<StagingTable, Uint8Array[]> }

/** Reads a file and understands its rows, batch by batch. @throws FileRefusal where the file breaks, after the rows before */
export async function* readRows(
  { path, shape, fromRow, batchRows, numberAt, reader }: Reading,
  signal?: AbortSignal,
): AsyncGenerator<ReadRows> {
  const read = rowReader(reader)
  let before: Before = { bad: false }
  let batch = newBatch()
  let last: RowBatch | undefined
  for await (const piece of readTable(path, shape, { fromRow, batch: pieceRows, signal })) {
    if (numberAt === undefined) for (const { row, cells } of piece.rows) read(row, cells, batch)
    else before = readBesideBad(piece, numberAt, before, read, batch)
    for (const bad of piece.bad) batch.problems.push(problemOf(bad))
    pack(batch)
    batch.rows += piece.rows.length + piece.bad.length
    batch.lastRow = Math.max(batch.lastRow, piece.rows.at(-1)?.row ?? 0, piece.bad.at(-1)?.row ?? 0)
    last = piece
    if (batch.rows >= batchRows) {
      yield readyFor(batch, piece)
      batch = newBatch()
    }
  }
  if (last && batch.rows > 0) yield readyFor(batch, last)
}

function readyFor(batch: Batch, { bytesRead, totalBytes }: RowBatch): ReadRows {
  const { rows, lastRow, problems } = batch
  return { rows, lastRow, problems, bytesRead, totalBytes, texts: copyTexts(batch) }
}

/** The order of the row before; and whether rows that cannot be used came after it. */
type Before = { number?: string; bad: boolean }

/**
 * Rows with too few or too many cells do not say whose they are: the orders of the rows beside them are held back, for one of
 * them lacks that row.
 */
function readBesideBad(
  piece: RowBatch,
  numberAt: number,
  before: Before,
  read: (row: number, cells: string[], batch: Batch) => void,
  batch: Batch,
): Before {
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
