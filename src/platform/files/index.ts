import { basename } from 'node:path'
import { firstBytes } from './bytes.ts'
import { inspectCsv } from './csv-inspect.ts'
import { readCsv } from './csv-read.ts'
import { FileRefusal } from './file-refusal.ts'
import type { InspectOptions, ReadOptions, RowBatch, TableShape } from './table.ts'

export { columnLetter, guard, isRuinedNumber, stripGuard } from './cells.ts'
export { FileRefusal, type FileRefusalCode } from './file-refusal.ts'
export { type FileLimits, fileLimits } from './limits.ts'
export type * from './table.ts'

/**
 * What a file looks like: format, encoding, delimiter, header, names of the sheets, a sample of rows, size.
 * Reads at most the first megabyte of a text file.
 * @throws FileRefusal where it is not a table, is not readable, or its header cannot be used
 */
export async function inspectTable(path: string, options: InspectOptions = {}): Promise<TableShape> {
  const name = options.name ?? basename(path)
  const { size, first } = await firstBytes(path)
  if (size === 0) throw new FileRefusal('files.empty', { file: name })
  return await inspectCsv(path, { name, size, gzip: first[0] === 0x1f && first[1] === 0x8b }, options)
}

/**
 * The rows below the header, in order, as text, in batches (5,000 unless told). Memory stays bounded whatever the size of the
 * file. A row that cannot be used is in `bad`; a file that cannot be used from some place on is thrown there.
 * Cells longer than 12 characters are views of a piece of the file of some 256 KB: who keeps a few for long, copies them.
 * @throws FileRefusal
 */
export function readTable(path: string, shape: TableShape, options: ReadOptions = {}): AsyncIterable<RowBatch> {
  return readCsv(path, shape as Extract<TableShape, { format: 'csv' }>, options)
}
