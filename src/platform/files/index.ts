import { basename } from 'node:path'
import { inspectCsv } from './csv/inspect.ts'
import { readCsv } from './csv/read.ts'
import { fileKind } from './kind.ts'
import type { InspectOptions, ReadOptions, RowBatch, TableShape } from './table.ts'
import { inspectXlsx, readXlsx } from './xlsx/read.ts'

export { columnLetter, guard, isFailedFormula, isRuinedNumber, stripGuard } from './cells.ts'
export { type WriteOptions, writeCsv } from './csv/write.ts'
export { FileRefusal, type FileRefusalCode, shortened } from './file-refusal.ts'
export { type FileLimits, fileLimits } from './limits.ts'
export type * from './table.ts'
export { writeXlsx } from './xlsx/write.ts'
export { writeZip, type ZipPart } from './xlsx/zip-write.ts'

/**
 * What a file looks like: format, encoding, delimiter, header, names of the sheets, a sample of rows, size.
 * Reads at most the first megabyte of a text file; of a workbook the shared texts and the first rows of one sheet.
 * @throws FileRefusal where it is not a table, is not readable, or its header cannot be used
 */
export async function inspectTable(path: string, options: InspectOptions = {}): Promise<TableShape> {
  const name = options.name ?? basename(path)
  const { kind, size } = await fileKind(path, name)
  if (kind === 'zip') return await inspectXlsx(path, { name, size }, options)
  return await inspectCsv(path, { name, size, gzip: kind === 'gzip' }, options)
}

/**
 * The rows below the header, in order, as text, in batches of at most 5,000 unless told otherwise. Memory stays bounded whatever the size
 * of the file. A row that cannot be used is in `bad`; a file that cannot be used from some place on is thrown there,
 * after the rows before it. Cells longer than 12 characters are views of a piece of the file of some 256 KB: who keeps
 * a few of them for long copies them.
 * @throws FileRefusal
 */
export function readTable(path: string, shape: TableShape, options: ReadOptions = {}): AsyncIterable<RowBatch> {
  return shape.format === 'xlsx' ? readXlsx(path, shape, options) : readCsv(path, shape, options)
}
