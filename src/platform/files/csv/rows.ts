import type { SourceRow } from '../batches.ts'
import { columnLetter } from '../cells.ts'
import { FileRefusal, type FileRefusalCode, type Place } from '../file-refusal.ts'
import type { Delimiter } from '../table.ts'

export type CsvDialect = { delimiter: Delimiter; newline: '\n' | '\r' }

const quote = 34
const lineFeed = 10
const carriageReturn = 13

/**
 * RFC 4180 over pieces of text of any size. A quote that opens a cell must close it; a quote inside an unquoted cell
 * is a character like others, as in spreadsheets, because nothing can be swallowed by it.
 *
 * By hand, because csv-parse goes byte by byte: 126,000 rows a second where this does over a million, and it does not
 * know where an unclosed quote was opened. The tests hold the two against each other.
 */
export class CsvRows {
  /** Set when the text breaks: the records before it have been given, nothing after it will be. */
  refusal: FileRefusal | undefined
  /** The names to call columns by in a refusal; letters until they are known. */
  columns: string[] = []

  private rest = ''
  private quoteOpen = false
  private row = 0
  private line = 1
  private readonly file: string
  private readonly dialect: CsvDialect
  private readonly longest: number

  constructor(file: string, dialect: CsvDialect, longestRow: number) {
    this.file = file
    this.dialect = dialect
    this.longest = longestRow
  }

  /** The records that are complete with this piece. `last`: no more text follows. */
  read(piece: string, last: boolean): SourceRow[] {
    const { delimiter, newline } = this.dialect
    if (this.quoteOpen && !last && !piece.includes('"')) {
      // Put by without being looked at: going through a long cell again with every piece would be quadratic.
      this.rest += piece
      if (this.rest.length > this.longest && !this.refusal) this.refuseLongRow()
      return []
    }
    this.quoteOpen = false
    const text = this.rest === '' ? piece : this.rest + piece
    const records: SourceRow[] = []
    let nextQuote = text.indexOf('"')
    if (nextQuote === -1) nextQuote = text.length
    let at = 0
    while (at < text.length && !this.refusal) {
      let end = text.indexOf(newline, at)
      if (end === -1) {
        if (!last) break
        end = text.length
      }
      if (nextQuote < at) {
        nextQuote = text.indexOf('"', at)
        if (nextQuote === -1) nextQuote = text.length
      }
      if (nextQuote < end) {
        const next = this.readQuoted(text, at, last, records)
        if (next === -1) break
        at = next
        continue
      }
      if (end - at > this.longest) {
        this.rest = text.slice(at, end)
        this.refuseLongRow()
        return records
      }
      const stop = end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end
      const cells = text.slice(at, stop).split(delimiter)
      records.push({ row: ++this.row, line: this.line++, cells, quoted: false })
      at = end + 1
    }
    this.rest = at === 0 ? text : text.slice(at)
    if (this.rest.length > this.longest && !this.refusal) this.refuseLongRow()
    return records
  }

  /** Where the unfinished record has got to: for a byte that cannot be read. */
  place(): { row: number; line: number; column: string; value: string; openQuote: number } {
    const { delimiter, newline } = this.dialect
    let column = 0
    let cellStart = 0
    let openQuote = -1
    for (let at = 0; at < this.rest.length; at++) {
      const character = this.rest[at]
      if (character === '"' && openQuote !== -1) openQuote = -1
      else if (character === '"' && at === cellStart) openQuote = at
      else if (character === delimiter && openQuote === -1) {
        column++
        cellStart = at + 1
      }
    }
    const line = this.line + count(this.rest, newline)
    return { row: this.row + 1, line, column: this.nameOf(column), value: this.rest.slice(cellStart), openQuote }
  }

  /** One record with quotes in it. Returns where the next starts, or -1 when it is not complete or is broken. */
  private readQuoted(text: string, start: number, last: boolean, records: SourceRow[]): number {
    const { delimiter, newline } = this.dialect
    const delimiterCode = delimiter.charCodeAt(0)
    const newlineCode = newline.charCodeAt(0)
    const cells: string[] = []
    let quoted = false
    let lineEnd = -1
    for (let at = start; ; ) {
      if (text.charCodeAt(at) === quote) {
        const open = at
        quoted = true
        let doubled = false
        let close = text.indexOf('"', at + 1)
        while (close !== -1 && text.charCodeAt(close + 1) === quote) {
          doubled = true
          close = text.indexOf('"', close + 2)
        }
        if (close === -1) {
          if (last) this.refuseQuote(text, start, at, cells.length)
          this.quoteOpen = true
          return -1
        }
        if (close + 2 >= text.length && !last) return -1
        const value = text.slice(at + 1, close)
        cells.push(doubled ? value.replaceAll('""', '"') : value)
        at = close + 1
        if (text.charCodeAt(at) === delimiterCode) {
          at++
          continue
        }
        if (text.charCodeAt(at) === carriageReturn && newlineCode === lineFeed) at++
        if (at < text.length && text.charCodeAt(at) !== newlineCode) {
          this.refuseQuote(text, start, open, cells.length - 1)
          return -1
        }
        return this.push(records, text, start, at, cells, quoted)
      }
      if (lineEnd < at) {
        lineEnd = text.indexOf(newline, at)
        if (lineEnd === -1) {
          if (!last) return -1
          lineEnd = text.length
        }
      }
      const end = text.indexOf(delimiter, at)
      if (end !== -1 && end < lineEnd) {
        cells.push(text.slice(at, end))
        at = end + 1
        continue
      }
      const stop = lineEnd > at && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd
      cells.push(text.slice(at, stop))
      return this.push(records, text, start, lineEnd, cells, quoted)
    }
  }

  private push(records: SourceRow[], text: string, start: number, end: number, cells: string[], quoted: boolean) {
    records.push({ row: ++this.row, line: this.line, cells, quoted })
    this.line += 1 + count(text, this.dialect.newline, start, end)
    return end + 1
  }

  private refuseQuote(text: string, recordStart: number, at: number, column: number): void {
    this.refuse('files.broken_quote', {
      line: this.line + count(text, this.dialect.newline, recordStart, at),
      column: this.nameOf(column),
      value: text.slice(at, at + 200).split(this.dialect.newline, 1)[0],
    })
  }

  /** A row past the limit: if a quote is open, that is where the trouble is, and what is told. */
  private refuseLongRow(): void {
    const { openQuote, column, value } = this.place()
    if (openQuote === -1) this.refuse('files.row_too_long', { column, value, allowed: this.longest })
    else {
      const line = this.line + count(this.rest, this.dialect.newline, 0, openQuote)
      this.refuse('files.broken_quote', { line, column, value: value.split(this.dialect.newline, 1)[0] })
    }
  }

  private refuse(code: FileRefusalCode, place: Omit<Place, 'file' | 'row'>): void {
    const row = this.row + 1
    const line = place.line === row ? undefined : place.line
    this.refusal = new FileRefusal(code, { ...place, file: this.file, row, line })
  }

  private nameOf(column: number): string {
    return this.columns[column] ?? columnLetter(column)
  }
}

function count(text: string, character: string, from = 0, to = text.length): number {
  let found = 0
  for (let at = text.indexOf(character, from); at !== -1 && at < to; at = text.indexOf(character, at + 1)) found++
  return found
}
