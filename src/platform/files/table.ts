import type { FileLimits } from './limits.ts'

/** Big5 is guessed only on strong evidence and Windows-1252 never: a person chooses it. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252'
export type Delimiter = ',' | ';' | '\t' | '|'

type AnyShape = {
  /** What people call the file; stands in every refusal. */
  name: string
  /** Bytes on disk. */
  size: number
  /** The row of the column names, as a spreadsheet counts. Titles above it are passed over. */
  headerRow: number
  columns: string[]
  /** The first rows below the header, as `readTable` would give them. */
  sample: TableRow[]
}

export type CsvShape = AnyShape & {
  format: 'csv'
  gzip: boolean
  encoding: Encoding
  /** False while the file has been plain ASCII so far: the first other byte decides, at reading. */
  encodingSure: boolean
  delimiter: Delimiter
  newline: '\n' | '\r'
}

export type XlsxShape = AnyShape & {
  format: 'xlsx'
  sheets: string[]
  sheet: string
}

/** How a file is to be read. Plain data: it can be stored between looking and reading. */
export type TableShape = CsvShape | XlsxShape

export type TableRow = {
  /** As a person sees it in a spreadsheet: the first row of the file is 1, blank rows count. */
  row: number
  /** Exactly one per column. Dates of a workbook are `2026-01-31T09:30:00`, without a zone. */
  cells: string[]
}

/** Why one row cannot be used; also the key of the message. */
export type FileProblem = 'files.too_few_cells' | 'files.too_many_cells' | 'files.nul_character'

export type BadRow = {
  row: number
  /** The line of the text file where the row starts, when cells with line breaks made it differ from `row`; else 0. */
  line: number
  reason: FileProblem
  column?: string
  /** At most 80 characters. */
  value?: string
  /** Cells found and expected, where the number of cells is the problem. */
  found?: number
  expected?: number
}

export type RowBatch = {
  rows: TableRow[]
  bad: BadRow[]
  /** Bytes read from disk, of those that will have to be: for showing how far. */
  bytesRead: number
  totalBytes: number
}

export type InspectOptions = {
  /** What people call the file, if it lies under another name (an upload). */
  name?: string
  sheet?: string
  encoding?: Encoding
  limits?: Partial<FileLimits>
}

export type ReadOptions = {
  /** To resume: rows before this one are passed over. */
  fromRow?: number
  /** Rows, good and bad, in a batch at most: where rows are long or wide it is given earlier. 5,000 unless told. */
  batch?: number
  signal?: AbortSignal
  limits?: Partial<FileLimits>
}
