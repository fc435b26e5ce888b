import { unwrapped } from '../cells.ts'
import { FileRefusal, shortened } from '../file-refusal.ts'
import { columnNames, findHeader } from '../header.ts'
import { type FileLimits, fileLimits } from '../limits.ts'
import type { BadRow, InspectOptions, ReadOptions, RowBatch, TableRow, XlsxShape } from '../table.ts'
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
    if (row.row > header.row && !problemOf(row, columns)) shape.sample.push(row)
  }
  return shape
}

/** The rows of the sheet below its header. */
export async function* readXlsx(path: string, shape: XlsxShape, options: ReadOptions): AsyncGenerator<RowBatch> {
  const { fromRow = 0, batch = 5_000, signal } = options
  const limits: FileLimits = { ...fileLimits, ...options.limits }
  const { name: file, columns, headerRow } = shape
  const book = await openWorkbook(path, file, limits.xlsx)
  const { part } = sheetNamed(book, file, shape.sheet)
  const totalBytes = book.zip.packedSize(part) + book.zip.packedSize(book.sharedTexts ?? '')
  let rows: TableRow[] = []
  let bad: BadRow[] = []
  let headerSeen = false
  const whole = (): RowBatch => ({ rows, bad, bytesRead: Math.min(book.zip.bytesRead(), totalBytes), totalBytes })

  for await (const some of sheetRows(book, part, file, limits.xlsx)) {
    signal?.throwIfAborted()
    for (const row of some) {
      if (row.row === headerRow) headerSeen = columnNames(file, row, limits.columns).join('\n') === columns.join('\n')
      if (row.row <= headerRow) continue
      if (!headerSeen) throw new FileRefusal('files.changed', { file, row: headerRow })
      if (row.row < fromRow || row.cells.every((cell) => cell.trim() === '')) continue
      const problem = problemOf(row, columns)
      if (problem) bad.push(problem)
      else rows.push(row)
      if (rows.length + bad.length < batch) continue
      yield whole()
      rows = []
      bad = []
    }
  }
  if (rows.length || bad.length) yield whole()
}

function sheetNamed(book: Workbook, file: string, name: string | undefined) {
  const sheet = name === undefined ? book.sheets[0] : book.sheets.find((one) => one.name === name)
  if (sheet) return sheet
  if (name === undefined) throw new FileRefusal('files.empty', { file })
  const allowed = book.sheets.map((one) => one.name).join(', ')
  throw new FileRefusal('files.sheet_missing', { file, value: name, allowed })
}

/** Makes the row as wide as the header, and says why it cannot be used, if so. */
function problemOf({ row, cells }: TableRow, columns: string[]): BadRow | undefined {
  const expected = columns.length
  while (cells.length > expected && cells.at(-1) === '') cells.pop()
  if (cells.length > expected) {
    const value = shortened(cells.join(' | '))
    return { row, line: 0, reason: 'files.too_many_cells', found: cells.length, expected, value }
  }
  while (cells.length < expected) cells.push('')
  for (let at = 0; at < expected; at++) {
    const cell = cells[at]!
    cells[at] = unwrapped(cell)
    if (cell.includes('\0')) {
      return { row, line: 0, reason: 'files.nul_character', column: columns[at], value: shortened(cell) }
    }
  }
  return undefined
}
