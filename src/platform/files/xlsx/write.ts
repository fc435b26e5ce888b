import { columnLetter, unwrapped } from '../cells.ts'
import type { WriteOptions } from '../csv/write.ts'
import { FileRefusal } from '../file-refusal.ts'
import { fileLimits } from '../limits.ts'
import { writeZip, type ZipPart } from './zip-write.ts'

const piece = 64 * 1024
const longestCell = 32_767
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Text that XML readers would trim. */
const edged = /^\s|\s$|\n/
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/**
 * A workbook with one sheet, its first row frozen, written as the rows come: nothing is held. Cells are texts, which a
 * spreadsheet never runs as formulas; in `numeric` columns what is a number of at most 15 digits is a number.
 * @throws FileRefusal files.too_many_rows past 1,048,576, files.cell_too_long past 32,767 characters: CSV has no such limits
 */
export async function* writeXlsx(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  options: WriteOptions & { sheet?: string; file?: string },
): AsyncGenerator<Buffer> {
  const sheet = escaped((options.sheet ?? 'Sheet1').replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))
  yield* writeZip([
    ...fixedParts(sheet),
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(rows, options, options.file ?? '') },
  ])
}

async function* sheetXml(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  { columns, numeric = [] }: WriteOptions,
  file: string,
): AsyncGenerator<Buffer> {
  const numbers = new Set(numeric)
  const letters = columns.map((_, index) => columnLetter(index))
  let row = 1
  let text = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  text += rowXml(columns, row, letters, new Set(), file)
  for await (const cells of rows) {
    if (cells.length !== columns.length)
      throw new Error(`A row of ${cells.length} cells under ${columns.length} columns`)
    if (++row > fileLimits.xlsx.rows) {
      throw new FileRefusal('files.too_many_rows', { file, row, allowed: fileLimits.xlsx.rows })
    }
    text += rowXml(cells, row, letters, numbers, file)
    if (text.length < piece) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`)
}

function rowXml(
  cells: readonly string[],
  row: number,
  letters: string[],
  numbers: ReadonlySet<number>,
  file: string,
): string {
  let xml = `<row r="${row}">`
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!
    if (cell === '') continue
    if (numbers.has(at) && cell.length <= 16 && plainNumber.test(cell)) {
      xml += `<c r="${letters[at]}${row}"><v>${cell}</v></c>`
      continue
    }
    // What reading would unwrap gets a quote more, so that it comes back as it is.
    const safe = unwrapped(cell) === cell ? cell : `'${cell}`
    if (safe.length > longestCell) {
      throw new FileRefusal('files.cell_too_long', { file, row, column: letters[at], allowed: longestCell })
    }
    xml += `<c r="${letters[at]}${row}" t="inlineStr"><is><t${edged.test(safe) ? ' xml:space="preserve"' : ''}>${escaped(safe)}</t></is></c>`
  }
  return `${xml}</row>`
}

/** XML's own characters; those that XML cannot hold as spreadsheets write them (`_x0001_`); and what only looks like that. */
function escaped(text: string): string {
  if (!needsEscape.test(text)) return text
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) =>
      character === '\t' || character === '\n' ? character : code(character),
    )
    .replace(/[&<>"]/g, (character) => entities[character]!)
}

function code(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`
}

const needsEscape = /[&<>"_\p{Cc}\ufffe\uffff]/u
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function fixedParts(sheet: string): ZipPart[] {
  const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, xml: string): ZipPart => ({ name, content: [Buffer.from(head + xml)] })
  return [
    part(
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${office}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${office}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${office}.worksheet+xml"/></Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    ),
    part(
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`,
    ),
  ]
}
