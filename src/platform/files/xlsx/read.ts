import { inBatches, type Piece, problemOf } from '../batches.ts'
import { FileRefusal } from '../file-refusal.ts'
import { columnNames, findHeader } from '../header.ts'
import { type FileLimits, fileLimits } from '../limits.ts'
import type { InspectOptions, ReadOptions, RowBatch, TableRow, XlsxShape } from '../table.ts'
import { sheetRows } from './sheet.ts'
import { openWorkbook, type Workbook } from './workbook.ts'

const looked = 200
const sampled = 20

/** Looks at the sheets of a workbook and at the first rows of one: the named, or the first. */
export async function inspectXlsx(
  path: string,
  known: { name: string; size: number },
  options: InspectOptions,
): Promise<XlsxShape> {
  const file = known.name
  const limits = { ...fileLimits, ...options.limits }
  const book = await openWorkbook(path, file, limits.xlsx)
  const { name: sheet, part } = sheetNamed(book, file, options.sheet)
  const first: TableRow[] = []
  for await (const rows of sheetRows(book, part, file, limits.xlsx)) {
    first.push(...rows)
    if (first.length >= looked) break
  }
  const header = findHeader(first.slice(0, looked))
  if (!header) throw new FileRefusal('files.empty', { file })
  const columns = columnNames(file, header, limits.columns)
  const sheets = book.sheets.map((one) => one.name)
  const shape: XlsxShape = { ...known, format: 'xlsx', sheets, sheet, headerRow: header.row, columns, sample: [] }
  for (const row of first) {
    if (shape.sample.length === sampled) break
    if (row.row > header.row && !problemOf(row, shape, true)) shape.sample.push(row)
  }
  return shape
}

/** The rows of the sheet below its header. */
export async function* readXlsx(path: string, shape: XlsxShape, options: ReadOptions): AsyncGenerator<RowBatch> {
  const limits = { ...fileLimits, ...options.limits }
  const book = await openWorkbook(path, shape.name, limits.xlsx)
  const { part } = sheetNamed(book, shape.name, shape.sheet)
  const totalBytes = book.zip.packedSize(part) + book.zip.packedSize(book.sharedTexts ?? '')
  yield* inBatches(pieces(book, part, shape.name, limits), shape, options, () => ({
    bytesRead: Math.min(book.zip.bytesRead(), totalBytes),
    totalBytes,
  }))
}

async function* pieces(book: Workbook, part: string, file: string, limits: FileLimits): AsyncGenerator<Piece> {
  for await (const rows of sheetRows(book, part, file, limits.xlsx)) yield { rows, size: 0, holdsNul: true }
}

function sheetNamed(book: Workbook, file: string, name: string | undefined) {
  if (name === undefined) return book.sheets[0]!
  const sheet = book.sheets.find((one) => one.name === name)
  if (sheet) return sheet
  const allowed = book.sheets.map((one) => one.name).join(', ')
  throw new FileRefusal('files.sheet_missing', { file, value: name, allowed })
}
