import { writeZip } from './zip-write.ts'

const spreadsheet = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export type WorkbookXml = {
  /** The rows of the first sheet, or of several by name. */
  sheet?: string
  sheets?: Record<string, string>
  shared?: string
  styles?: string
  workbookPr?: string
  /** Parts to add or, with undefined, to leave out. */
  parts?: Record<string, string | undefined>
}

/** For tests: a workbook from bare XML, so that one can be made as no spreadsheet would make it. */
export async function aWorkbook(xml: WorkbookXml): Promise<Buffer> {
  const sheets = Object.entries(xml.sheets ?? { Sheet1: xml.sheet ?? '' })
  const parts: Record<string, string | undefined> = {
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${spreadsheet} xmlns:r="${office}">${xml.workbookPr ?? ''}<sheets>${sheets
      .map(([name], index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map(
        (_, index) => `<Relationship Id="s${index}" Type="${office}/worksheet" Target="worksheets/sheet${index}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="x" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="y" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': xml.shared && `<sst ${spreadsheet}>${xml.shared}</sst>`,
    'xl/styles.xml': xml.styles && `<styleSheet ${spreadsheet}>${xml.styles}</styleSheet>`,
  }
  for (const [index, [, rows]] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index}.xml`] = `<worksheet ${spreadsheet}><sheetData>${rows}</sheetData></worksheet>`
  }
  return await aZip({ ...parts, ...xml.parts })
}

export async function aZip(parts: Record<string, string | Buffer | undefined>): Promise<Buffer> {
  const present = Object.entries(parts).flatMap(([name, content]) =>
    content === undefined ? [] : [{ name, content: [Buffer.from(content)] }],
  )
  return Buffer.concat(await Array.fromAsync(writeZip(present)))
}

/** A row of texts. */
export function textRow(row: number, ...cells: string[]): string {
  return `<row r="${row}">${cells
    .map((cell, index) => `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t>${cell}</t></is></c>`)
    .join('')}</row>`
}
