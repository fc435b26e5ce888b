import { FileRefusal } from '../file-refusal.ts'
import { columnNames, findHeader } from '../header.ts'
import { type FileLimits, fileLimits } from '../limits.ts'
import type { CsvShape, InspectOptions } from '../table.ts'
import { readBytes } from './bytes.ts'
import { guessDialect } from './dialect.ts'
import { type Sniffed, sniffEncoding } from './encoding.ts'
import { readCsv, undecodedCell } from './read.ts'
import { type CsvDialect, CsvRows } from './rows.ts'
import { decodeLines, lastLineEnd, TextStop } from './text.ts'

const headSize = 1024 ** 2
const sampled = 20

/** Looks at the first megabyte of a text file, and reads the first rows. */
export async function inspectCsv(
  path: string,
  known: { name: string; size: number; gzip: boolean },
  options: InspectOptions,
): Promise<CsvShape> {
  const { name: file, gzip } = known
  const limits = { ...fileLimits, ...options.limits }
  const { head, whole } = await readHead(path, file, gzip, limits)
  if (head.length === 0) throw new FileRefusal('files.empty', { file })
  refuseOthers(file, head)
  const sniffed = options.encoding ? { encoding: options.encoding, sure: true } : sniffEncoding(head)
  const { dialect, reader, text } = await decodeHead(file, head, whole, sniffed, limits)

  const records = reader.read(text, whole)
  const hint = /^sep=.$/.test(records[0]?.cells.join(dialect.delimiter) ?? '') ? 1 : 0
  const header = findHeader(records.slice(hint, 200))
  if (!header) throw reader.refusal ?? new FileRefusal('files.empty', { file })

  const shape: CsvShape = {
    ...known,
    ...dialect,
    format: 'csv',
    encoding: sniffed.encoding,
    encodingSure: sniffed.sure,
    headerRow: header.row,
    columns: columnNames(file, header, limits.columns),
    sample: [],
  }
  for await (const { rows } of readCsv(path, shape, { batch: sampled, limits })) {
    shape.sample = rows
    break
  }
  return shape
}

async function readHead(path: string, file: string, gzip: boolean, limits: FileLimits) {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of readBytes(path, { file, gzip, limits }).chunks) {
    chunks.push(chunk)
    size += chunk.length
    if (size > headSize) break
  }
  return { head: Buffer.concat(chunks), whole: size <= headSize }
}

/** The head as text up to its last whole line, and a reader for it. A byte that does not fit is refused with its place. */
async function decodeHead(file: string, head: Buffer, whole: boolean, sniffed: Sniffed, limits: FileLimits) {
  const { encoding } = sniffed
  const end = lastLineEnd(head, 0, encoding, '\n') || lastLineEnd(head, 0, encoding, '\r')
  const lines = whole || end === 0 ? head : head.subarray(0, end)
  const readerOf = (dialect: CsvDialect) => new CsvRows(file, dialect, limits.rowCharacters)
  try {
    let text = ''
    const one = (async function* () {
      yield lines
    })()
    const options = { encoding: sniffed, newline: '\n' as const, longestLine: limits.rowCharacters }
    for await (const piece of decodeLines(one, options)) text += piece
    const dialect = guessDialect(text, whole)
    return { text, dialect, reader: readerOf(dialect) }
  } catch (error) {
    if (!(error instanceof TextStop)) throw error
    const reader = readerOf(guessDialect(error.before, false))
    reader.columns = reader.read(error.before, false)[0]?.cells ?? []
    throw reader.refusal ?? undecodedCell(file, reader, error)
  }
}

/** Says what a file is that is surely not a table of text: better than a row of nonsense. */
function refuseOthers(file: string, head: Buffer): void {
  const start = head.subarray(0, 256).toString('latin1').replace(/^ï»¿/, '').trimStart().toLowerCase()
  if (/^<(!doctype|html|head|body|table|meta|style|\?xml|script)/.test(start)) {
    throw new FileRefusal('files.web_page', { file })
  }
  const sample = head.subarray(0, 4096)
  const { encoding } = sniffEncoding(sample)
  const binary = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  if (start.startsWith('%pdf') || start.startsWith('{\\rtf') || (!wide && binary * 20 > sample.length)) {
    throw new FileRefusal('files.not_a_table', { file })
  }
}
