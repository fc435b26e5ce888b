import { columnLetter, unwrapped } from './cells.ts'
import { FileRefusal } from './file-refusal.ts'
import type { TableRow } from './table.ts'

const around = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g
const onlyNumbers = /^[\d\s.,:/+-]+$/

/**
 * The row with the column names: the first that is at least half as full as the rows usually are. So a title or the
 * address lines that tills and payment services put above a table are passed over.
 */
export function findHeader(rows: TableRow[]): TableRow | undefined {
  const filled = rows.slice(0, 50).map((row) => row.cells.filter((cell) => cell.trim() !== '').length)
  const counts = filled.filter((count) => count > 0).sort((a, b) => a - b)
  const usual = counts[Math.floor(counts.length / 2)]
  if (usual === undefined) return undefined
  const enough = usual < 2 ? 1 : Math.max(usual, 3) / 2
  return rows[filled.findIndex((count) => count >= enough)]
}

/** The names in a header row. Refuses a column without a name, a name used twice, and a row that holds only numbers. */
export function columnNames(file: string, header: TableRow, maxColumns: number): string[] {
  const names = header.cells.map((cell) => unwrapped(cell).replace(around, ''))
  while (names.at(-1) === '') names.pop()
  const { row } = header
  if (names.length > maxColumns) throw new FileRefusal('files.too_many_columns', { file, row, allowed: maxColumns })
  if (names.every((name) => onlyNumbers.test(name))) {
    throw new FileRefusal('files.no_header', { file, row, value: names.join(', ') })
  }
  const seen = new Map<string, number>()
  names.forEach((name, index) => {
    if (name === '') throw new FileRefusal('files.column_without_name', { file, row, column: columnLetter(index) })
    const first = seen.get(name)
    if (first !== undefined) {
      const allowed = columnLetter(first)
      throw new FileRefusal('files.duplicate_column', { file, row, column: columnLetter(index), value: name, allowed })
    }
    seen.set(name, index)
  })
  return names
}
