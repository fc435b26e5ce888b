import { FileRefusal } from '../file-refusal.ts'

/** What is told of the XML: names without their namespace prefix. */
export type XmlListener = {
  open?: (name: string, attributes: string) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const longestPiece = 1024 ** 2
const space = 32
const exclamation = 33
const slash = 47
const colon = 58
const equals = 61
const greater = 62
const question = 63
const references = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The XML that spreadsheets write, piece by piece in constant memory: elements, text, CDATA and the five entities.
 * A document type is refused, so that no entity can be defined and nothing is ever fetched.
 * @throws FileRefusal files.forbidden_xml, files.damaged
 */
export async function readXml(file: string, chunks: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  for await (const _ of xmlSteps(file, chunks, listener)) {
    // All is told to the listener.
  }
}

/** As `readXml`, and stops after each piece: for a reader who gives away what it has so far. */
export async function* xmlSteps(
  file: string,
  chunks: AsyncIterable<Buffer>,
  listener: XmlListener,
): AsyncGenerator<void> {
  let rest = ''
  let bytes: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    // Cut behind a tag, so that `rest` is mostly empty: a string put together from two is far slower to go through.
    const cut = chunk.lastIndexOf('>') + 1
    if (cut > 0) rest = tell(file, rest + decoded(file, Buffer.concat([bytes, chunk.subarray(0, cut)])), listener)
    bytes = cut > 0 ? chunk.subarray(cut) : Buffer.concat([bytes, chunk])
    if (rest.length + bytes.length > longestPiece) throw new FileRefusal('files.damaged', { file })
    yield
  }
  if (tell(file, rest + decoded(file, bytes), listener).trim() !== '') throw new FileRefusal('files.damaged', { file })
}

/** One attribute of an opening tag, with or without a namespace prefix, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (before > space && before !== colon) continue
    let from = at + name.length
    while (attributes.charCodeAt(from) <= space) from++
    if (attributes.charCodeAt(from) !== equals) continue
    from++
    while (attributes.charCodeAt(from) <= space) from++
    const end = attributes.indexOf(attributes[from]!, from + 1)
    return end === -1 ? undefined : decodeReferences(attributes.slice(from + 1, end))
  }
  return undefined
}

function decoded(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileRefusal('files.damaged', { file })
  }
}

/** Tells all that is complete, and returns the rest. One pass over the characters: most of the time of a workbook is here. */
function tell(file: string, xml: string, { open, close, text }: XmlListener): string {
  let at = 0
  for (;;) {
    const tag = xml.indexOf('<', at)
    if (tag === -1) return xml.slice(at)
    if (tag > at) {
      if (text) text(decodeReferences(xml.slice(at, tag)))
      at = tag
    }
    const kind = xml.charCodeAt(tag + 1)
    if (kind === exclamation || kind === question) {
      at = special(file, xml, tag, text)
      if (at === -1) return xml.slice(tag)
      continue
    }
    let name = kind === slash ? tag + 2 : tag + 1
    let to = name
    let code = xml.charCodeAt(to)
    while (code > space && code !== greater && code !== slash) {
      if (code === colon) name = to + 1
      code = xml.charCodeAt(++to)
    }
    const nameEnd = to
    // The end of the tag is the first > that stands in no quotes.
    let quote = 0
    while (to < xml.length && (quote !== 0 || code !== greater)) {
      if (quote === 0 && (code === 34 || code === 39)) quote = code
      else if (code === quote) quote = 0
      code = xml.charCodeAt(++to)
    }
    if (to >= xml.length) return xml.slice(tag)
    at = to + 1
    const named = xml.slice(name, nameEnd)
    if (kind === slash) {
      if (close) close(named)
      continue
    }
    const alone = xml.charCodeAt(to - 1) === slash
    if (open) open(named, xml.slice(nameEnd, alone ? to - 1 : to))
    if (alone && close) close(named)
  }
}

/** Comments, declarations, CDATA. Returns where it ends, -1 when it is not complete. */
function special(file: string, xml: string, start: number, text: XmlListener['text']): number {
  const [opening, closing] = xml.startsWith('<!--', start)
    ? ['<!--', '-->']
    : xml.startsWith('<![CDATA[', start)
      ? ['<![CDATA[', ']]>']
      : ['<?', '?>']
  if (opening === '<?' && xml.charCodeAt(start + 1) === exclamation) {
    // Fewer letters than "<![CDATA[": it may still become one.
    if (xml.length - start < 9) return -1
    throw new FileRefusal('files.forbidden_xml', { file, value: xml.slice(start, start + 80) })
  }
  const end = xml.indexOf(closing, start + opening.length)
  if (end === -1) return -1
  if (opening === '<![CDATA[' && text) text(xml.slice(start + opening.length, end))
  return end + closing.length
}

function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(references, (all, hex: string, decimal: string, name: string) => {
    if (name) return named[name.toLowerCase()]!
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
