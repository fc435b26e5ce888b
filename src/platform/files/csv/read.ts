import { unwrapped } from '../cells.ts'
import { FileRefusal, shortened } from '../file-refusal.ts'
import { columnNames } from '../header.ts'
import { fileLimits } from '../limits.ts'
import type { BadRow, CsvShape, ReadOptions, RowBatch, TableRow } from '../table.ts'
import { readBytes } from './bytes.ts'
import { type CsvRecord, CsvRows } from './rows.ts'
import { decodeLines, TextStop } from './text.ts'

/** The rows of a text file below its header. Rows before a broken place are given before it is thrown. */
export async function* readCsv(path: string, shape: CsvShape, options: ReadOptions): AsyncGenerator<RowBatch> {
  const { fromRow = 0, batch = 5_000, signal } = options
  const limits = { ...fileLimits, ...options.limits }
  const { name: file, headerRow, columns } = shape
  const bytes = readBytes(path, { file, gzip: shape.gzip, limits, signal })
  const reader = new CsvRows(file, shape, limits.rowCharacters)
  reader.columns = columns
  let rows: TableRow[] = []
  let bad: BadRow[] = []
  const position = () => ({ bytesRead: bytes.bytesRead(), totalBytes: shape.size })

  function* take(records: CsvRecord[], holdsNul: boolean): Generator<RowBatch> {
    for (const record of records) {
      if (record.row <= headerRow) {
        if (record.row === headerRow) confirmHeader(file, record, columns, limits.columns)
        continue
      }
      if (record.row < fromRow || isBlank(record)) continue
      const problem = problemOf(record, columns, holdsNul)
      if (problem) bad.push(problem)
      else rows.push({ row: record.row, cells: record.cells })
      if (rows.length + bad.length >= batch) {
        yield { rows, bad, ...position() }
        rows = []
        bad = []
      }
    }
  }

  let refusal: FileRefusal | undefined
  try {
    const encoding = { encoding: shape.encoding, sure: shape.encodingSure }
    const texts = decodeLines(bytes.chunks, {
      encoding,
      newline: shape.newline,
      longestLine: limits.rowCharacters,
    })
    for await (const text of texts) {
      signal?.throwIfAborted()
      yield* take(reader.read(text, false), text.includes('\0'))
      refusal = reader.refusal
      if (refusal) break
    }
    if (!refusal) {
      yield* take(reader.read('', true), true)
      refusal = reader.refusal
    }
  } catch (error) {
    if (!(error instanceof TextStop)) throw error
    yield* take(reader.read(error.before, false), error.before.includes('\0'))
    refusal = reader.refusal ?? undecodedCell(file, reader, error)
  }
  if (rows.length || bad.length) yield { rows, bad, ...position() }
  if (refusal) throw refusal
}

/** Names the cell in which a byte does not fit the encoding, with � where it stands. */
export function undecodedCell(file: string, reader: CsvRows, found: TextStop): FileRefusal {
  const { row, line, column, value } = reader.place()
  const after = found.after.split(/[,;\t|\r\n]/, 1)[0]!
  return new FileRefusal('files.encoding', {
    file,
    row,
    line: line === row ? undefined : line,
    column,
    value: value.slice(-60) + after,
    allowed: found.encoding.toUpperCase(),
  })
}

function isBlank(record: CsvRecord): boolean {
  return !record.quoted && record.cells.every((cell) => cell.trim() === '')
}

/** Makes the cells what a person sees, and says why the row cannot be used, if so. */
function problemOf(record: CsvRecord, columns: string[], holdsNul: boolean): BadRow | undefined {
  const { cells, row } = record
  const line = record.line === row ? 0 : record.line
  const expected = columns.length
  // Empty cells after the last column say nothing and are dropped.
  while (cells.length > expected && cells.at(-1) === '') cells.pop()
  if (cells.length !== expected) {
    const reason = cells.length < expected ? 'files.too_few_cells' : 'files.too_many_cells'
    return { row, line, reason, found: cells.length, expected, value: shortened(cells.join(' | ')) }
  }
  for (let at = 0; at < expected; at++) {
    const cell = cells[at]!
    const first = cell.charCodeAt(0)
    if (first === 39 || first === 61) cells[at] = unwrapped(cell)
    if (holdsNul && cell.includes('\0')) {
      return { row, line, reason: 'files.nul_character', column: columns[at], value: shortened(cell) }
    }
  }
  return undefined
}

function confirmHeader(file: string, header: TableRow, columns: string[], most: number): void {
  const names = columnNames(file, header, most)
  if (names.length !== columns.length || names.some((name, index) => name !== columns[index])) {
    throw new FileRefusal('files.changed', { file, row: header.row })
  }
}
