import { inBatches, type Piece } from '../batches.ts'
import { FileRefusal } from '../file-refusal.ts'
import { fileLimits } from '../limits.ts'
import type { CsvShape, ReadOptions, RowBatch } from '../table.ts'
import { readBytes } from './bytes.ts'
import { CsvRows } from './rows.ts'
import { decodeLines, TextStop } from './text.ts'

/** The rows of a text file below its header. */
export function readCsv(path: string, shape: CsvShape, options: ReadOptions): AsyncGenerator<RowBatch> {
  const limits = { ...fileLimits, ...options.limits }
  const { name: file, newline, gzip } = shape
  const bytes = readBytes(path, { file, gzip, limits, signal: options.signal })
  const texts = decodeLines(bytes.chunks, {
    encoding: { encoding: shape.encoding, sure: shape.encodingSure },
    newline,
    longestLine: limits.rowCharacters,
  })
  const reader = new CsvRows(file, shape, limits.rowCharacters)
  reader.columns = shape.columns
  const position = () => ({ bytesRead: bytes.bytesRead(), totalBytes: shape.size })
  return inBatches(pieces(file, texts, reader), shape, options, position)
}

async function* pieces(file: string, texts: AsyncIterable<string>, reader: CsvRows): AsyncGenerator<Piece> {
  const read = (text: string, last: boolean) => {
    const rows = reader.read(text, last)
    return { rows, size: text.length, holdsNul: last || text.includes('\0') }
  }
  try {
    for await (const text of texts) {
      yield read(text, false)
      if (reader.refusal) throw reader.refusal
    }
    yield read('', true)
    if (reader.refusal) throw reader.refusal
  } catch (error) {
    if (!(error instanceof TextStop)) throw error
    yield read(error.before, false)
    throw reader.refusal ?? undecodedCell(file, reader, error)
  }
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
