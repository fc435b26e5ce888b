import { unwrapped } from './cells.ts'
import { FileRefusal, shortened } from './file-refusal.ts'
import { columnNames } from './header.ts'
import { fileLimits } from './limits.ts'
import type { BadRow, ReadOptions, RowBatch, TableRow, TableShape } from './table.ts'

export type SourceRow = TableRow & {
  /** The line of the text file where it starts. */
  line?: number
  /** Whether any cell stood in quotes: a blank row never does. */
  quoted?: boolean
}

/** Some rows in order, from the first of the file. */
export type Piece = {
  rows: SourceRow[]
  /** Characters that its rows keep in memory, about. */
  size: number
  holdsNul: boolean
}

const usualBatch = 5_000
// A batch is given early where rows are long or wide: it is what is in memory.
const mostCharacters = 16 * 1024 ** 2
const mostCells = 500_000

/**
 * The rows below the header, as a person sees their cells, in batches, the unusable ones apart. When the source breaks, what
 * came before is given first.
 */
export async function* inBatches(
  source: AsyncIterable<Piece>,
  shape: TableShape,
  { fromRow = 0, batch = usualBatch, signal, limits }: ReadOptions,
  position: () => { bytesRead: number; totalBytes: number },
): AsyncGenerator<RowBatch> {
  const { headerRow, columns, name: file } = shape
  const most = Math.min(batch, Math.ceil(mostCells / columns.length))
  let rows: TableRow[] = []
  let bad: BadRow[] = []
  let held = 0
  let headerSeen = false
  const take = (): RowBatch => {
    const taken = { rows, bad, ...position() }
    rows = []
    bad = []
    held = 0
    return taken
  }
  const isFull = () => rows.length + bad.length >= most || held > mostCharacters

  let refusal: FileRefusal | undefined
  try {
    for await (const piece of source) {
      signal?.throwIfAborted()
      held += piece.size
      for (const row of piece.rows) {
        if (row.row === headerRow) headerSeen = isHeader(row, columns, file, limits?.columns ?? fileLimits.columns)
        if (row.row <= headerRow) continue
        if (!headerSeen) throw new FileRefusal('files.changed', { file, row: headerRow })
        if (row.row < fromRow || isBlank(row)) continue
        const problem = problemOf(row, shape, piece.holdsNul)
        if (problem) bad.push(problem)
        else rows.push({ row: row.row, cells: row.cells })
        if (isFull()) yield take()
      }
    }
    if (!headerSeen) throw new FileRefusal('files.changed', { file, row: headerRow })
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    refusal = error
  }
  if (rows.length || bad.length) yield take()
  if (refusal) throw refusal
}

function isHeader(row: TableRow, columns: string[], file: string, maxColumns: number): boolean {
  const names = columnNames(file, row, maxColumns)
  return names.length === columns.length && names.every((name, index) => name === columns[index])
}

function isBlank({ quoted, cells }: SourceRow): boolean {
  return !quoted && cells.every((cell) => cell.trim() === '')
}

/** Makes the cells what a person sees, as many as there are columns, and says why the row cannot be used, if so. */
export function problemOf(source: SourceRow, shape: TableShape, holdsNul: boolean): BadRow | undefined {
  const { row, cells } = source
  const { columns } = shape
  const line = source.line === undefined || source.line === row ? 0 : source.line
  const expected = columns.length
  // Empty cells after the last column say nothing; a workbook does not store those before it either.
  while (cells.length > expected && cells.at(-1) === '') cells.pop()
  while (shape.format === 'xlsx' && cells.length < expected) cells.push('')
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
