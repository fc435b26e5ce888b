import { FileRefusal } from '../file-refusal.ts'
import type { XlsxLimits } from '../limits.ts'
import type { TableRow } from '../table.ts'
import { columnOf, dateText, numberText, plainIsoText, unescapeText } from './values.ts'
import { dateStyles, sharedTexts, type Workbook } from './workbook.ts'
import { attribute, type XmlListener, xmlSteps } from './xml.ts'

const lastColumn = 16_383

/**
 * The rows of a sheet that hold something, in order, a few hundred at a time. Cells stand at their column; the row ends with
 * its last filled cell. Only the shared texts are held in memory, however long the sheet.
 * @throws FileRefusal files.too_many_rows, files.damaged, files.forbidden_xml
 */
export async function* sheetRows(
  book: Workbook,
  part: string,
  file: string,
  limits: XlsxLimits,
): AsyncGenerator<TableRow[]> {
  const values = new CellValues(await sharedTexts(book, file, limits), await dateStyles(book, file), book.since1904)
  let rows: TableRow[] = []
  const listener = rowListener(file, limits, values, (row) => rows.push(row))
  for await (const _ of xmlSteps(file, book.zip.read(part), listener)) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  if (rows.length) yield rows
}

function rowListener(file: string, limits: XlsxLimits, values: CellValues, give: (row: TableRow) => void): XmlListener {
  let row = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = ''
  let content = ''
  let listening = false
  let inReading = false
  return {
    open(name, attributes) {
      if (name === 'c') {
        const address = attribute(attributes, 'r')
        column = address === undefined ? column + 1 : columnOf(address)
        if (column < 0 || column > lastColumn) throw new FileRefusal('files.damaged', { file, row })
        type = attribute(attributes, 't') ?? 'n'
        style = attribute(attributes, 's') ?? ''
        content = ''
      } else if (name === 'v' || name === 't') listening = true
      else if (name === 'rPh') inReading = true
      else if (name === 'row') {
        const given = Number(attribute(attributes, 'r') ?? row + 1)
        if (!(given > row)) throw new FileRefusal('files.damaged', { file, row })
        row = given
        if (row > limits.rows) throw new FileRefusal('files.too_many_rows', { file, row, allowed: limits.rows })
        cells = []
        column = -1
      }
    },
    text(text) {
      if (listening && !inReading) content += text
    },
    close(name) {
      if (name === 'v' || name === 't') listening = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c') {
        if (content === '') return
        while (cells.length < column) cells.push('')
        cells[column] = values.textOf(type, style, content)
      } else if (name === 'row' && cells.length) give({ row, cells })
    },
  }
}

/** What a person sees in a cell, from how it is stored. */
class CellValues {
  private readonly shared: string[]
  private readonly isDate: boolean[]
  private readonly since1904: boolean

  constructor(shared: string[], isDate: boolean[], since1904: boolean) {
    this.shared = shared
    this.isDate = isDate
    this.since1904 = since1904
  }

  textOf(type: string, style: string, content: string): string {
    switch (type) {
      case 's':
        return this.shared[Number(content)] ?? ''
      case 'n':
        return (
          (this.isDate[Number(style)] ? dateText(Number(content), this.since1904) : undefined) ?? numberText(content)
        )
      case 'b':
        return content === '1' ? 'TRUE' : 'FALSE'
      case 'd':
        return plainIsoText(content)
      case 'e':
        return content
      default:
        return unescapeText(content)
    }
  }
}
