import { Refusal } from '../refusal.ts'

export type FileRefusalCode =
  | 'files.encoding'
  | 'files.broken_quote'
  | 'files.row_too_long'
  | 'files.too_large'
  | 'files.too_many_rows'
  | 'files.too_many_columns'
  | 'files.cell_too_long'
  | 'files.bomb'
  | 'files.damaged'
  | 'files.empty'
  | 'files.no_header'
  | 'files.column_without_name'
  | 'files.duplicate_column'
  | 'files.not_a_table'
  | 'files.old_excel'
  | 'files.web_page'
  | 'files.locked'
  | 'files.forbidden_xml'
  | 'files.sheet_missing'
  | 'files.changed'

export type Place = {
  file: string
  row?: number
  /** Given when it is known and differs from the row. */
  line?: number
  column?: string
  value?: string
  /** What was allowed, or there: a limit, the names of the sheets, the other column. */
  allowed?: string | number
}

const tooLarge: ReadonlySet<FileRefusalCode> = new Set([
  'files.too_large',
  'files.too_many_rows',
  'files.too_many_columns',
  'files.bomb',
  'files.row_too_long',
])

/**
 * A file that cannot be used from some place on. Names that place as far as it is known; `params` always holds
 * every key (0 or '' where unknown), so that one message fits.
 */
export class FileRefusal extends Refusal {
  declare readonly code: FileRefusalCode
  readonly file: string
  readonly row?: number
  readonly line?: number
  readonly column?: string
  readonly value?: string

  constructor(code: FileRefusalCode, place: Place) {
    const value = place.value === undefined ? undefined : shortened(place.value)
    super(tooLarge.has(code) ? 'too_large' : 'invalid', code, {
      file: place.file,
      row: place.row ?? 0,
      line: place.line ?? 0,
      column: place.column ?? '',
      value: value ?? '',
      allowed: place.allowed ?? '',
    })
    this.file = place.file
    this.row = place.row
    this.line = place.line
    this.column = place.column
    this.value = value
  }
}

/** At most 80 characters of a cell, on one line, with NUL made visible. */
export function shortened(value: string): string {
  const oneLine = value.slice(0, 200).replaceAll('\0', '␀').replace(/\s+/g, ' ').trim()
  if (oneLine.length <= 80) return oneLine
  const cut = oneLine.slice(0, 79)
  // Half of a surrogate pair would become a question mark in the database.
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}
