import { guard } from '../cells.ts'

export type WriteOptions = {
  columns: string[]
  /** Columns (by position) that hold numbers: -5 stays a number there, and is not guarded as a formula. */
  numeric?: number[]
}

const piece = 64 * 1024
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/

/**
 * A CSV that every spreadsheet opens: UTF-8 with a byte order mark, RFC 4180, every cell in quotes, and `'` before what would
 * be run as a formula. `readTable` gives back exactly what was written. Yields pieces of some 64 KB; nothing is held.
 */
export async function* writeCsv(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  { columns, numeric = [] }: WriteOptions,
): AsyncGenerator<Buffer> {
  const numbers = new Set(numeric)
  let text = `\ufeff${lineOf(columns, new Set())}`
  for await (const row of rows) {
    if (row.length !== columns.length) throw new Error(`A row of ${row.length} cells under ${columns.length} columns`)
    text += lineOf(row, numbers)
    if (text.length < piece) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text) yield Buffer.from(text)
}

function lineOf(cells: readonly string[], numbers: ReadonlySet<number>): string {
  let line = ''
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!
    const safe = numbers.has(at) && plainNumber.test(cell) ? cell : guard(cell)
    line += `${at ? ',' : ''}"${safe.includes('"') ? safe.replaceAll('"', '""') : safe}"`
  }
  return `${line}\r\n`
}
