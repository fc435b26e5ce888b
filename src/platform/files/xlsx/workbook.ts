import { posix } from 'node:path'
import { FileRefusal } from '../file-refusal.ts'
import type { XlsxLimits } from '../limits.ts'
import { isDateFormat, unescapeText } from './values.ts'
import { attribute, readXml } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

export type Workbook = {
  zip: Zip
  /** The sheets a person sees, in the order of their tabs. */
  sheets: { name: string; part: string }[]
  since1904: boolean
  sharedTexts?: string
  styles?: string
}

/** @throws FileRefusal files.not_a_table where the zip holds something else, and all of `openZip` */
export async function openWorkbook(path: string, file: string, limits: XlsxLimits): Promise<Workbook> {
  const zip = await openZip(path, file, limits)
  const [root] = (await relations(zip, file, '')).filter((relation) => relation.type === 'officeDocument')
  const part = root?.target ?? 'xl/workbook.xml'
  if (!zip.has(part)) throw new FileRefusal('files.not_a_table', { file })

  const related = await relations(zip, file, part)
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let since1904 = false
  await readXml(file, zip.read(part), {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const hidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible'
      const id = attribute(attributes, 'id') ?? ''
      sheets.push({ name: unescapeText(attribute(attributes, 'name') ?? ''), hidden, id })
    },
  })
  const visible = sheets.some((sheet) => !sheet.hidden) ? sheets.filter((sheet) => !sheet.hidden) : sheets
  const targetOf = (type: string) => related.find((relation) => relation.type === type)?.target
  const found = visible.flatMap(({ name, id }) => {
    const relation = related.find((one) => one.id === id && one.type === 'worksheet')
    return relation && zip.has(relation.target) ? [{ name, part: relation.target }] : []
  })
  if (found.length === 0) throw new FileRefusal('files.damaged', { file })
  return {
    zip,
    since1904,
    sheets: found,
    sharedTexts: targetOf('sharedStrings'),
    styles: targetOf('styles'),
  }
}

/** The texts that cells share, by number. */
export async function sharedTexts(book: Workbook, file: string, limits: XlsxLimits): Promise<string[]> {
  if (!book.sharedTexts || !book.zip.has(book.sharedTexts)) return []
  const texts: string[] = []
  let size = 0
  let current = ''
  let inText = false
  let inReading = false
  await readXml(file, book.zip.read(book.sharedTexts), {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 't') inText = true
      // How a Japanese or Chinese word is pronounced; not part of the text.
      else if (name === 'rPh') inReading = true
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        size += current.length
        if (size > limits.sharedCharacters) {
          const allowed = `${Math.round(limits.sharedCharacters / 1024 ** 2)} M`
          throw new FileRefusal('files.too_large', { file, allowed })
        }
        texts.push(unescapeText(current))
      }
    },
    text(text) {
      if (inText && !inReading) current += text
    },
  })
  return texts
}

/** For each cell style, whether it shows a number as a date. */
export async function dateStyles(book: Workbook, file: string): Promise<boolean[]> {
  if (!book.styles || !book.zip.has(book.styles)) return []
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  await readXml(file, book.zip.read(book.styles), {
    open(name, attributes) {
      if (name === 'numFmt') {
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
      } else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) formats.push(Number(attribute(attributes, 'numFmtId') ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats.map((id) => isDateFormat(id, codes.get(id)))
}

/** What an inner file refers to. A target outside the workbook (a link to the web) is left out: nothing is fetched. */
async function relations(zip: Zip, file: string, part: string) {
  const folder = posix.dirname(part)
  const list = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const found: { id: string; type: string; target: string }[] = []
  if (!zip.has(list)) return found
  await readXml(file, zip.read(list), {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = attribute(attributes, 'Target') ?? ''
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: (attribute(attributes, 'Type') ?? '').split('/').at(-1)!,
        target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      })
    },
  })
  return found
}
