import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'
import { FileRefusal, fileLimits, inspectTable } from '../index.ts'
import { aWorkbook, aZip, textRow } from './fixture.ts'

removeFilesAfterwards()

const small = { sheet: textRow(1, 'name', 'city') + textRow(2, 'Ann', 'Paris') }
const look = async (bytes: Buffer, xlsx = {}) =>
  await inspectTable(aFile(bytes, 'book.xlsx'), { limits: { xlsx: { ...fileLimits.xlsx, ...xlsx } } })

/** Where the list of contents names a part: the sizes stand before the name. */
function inList(bytes: Buffer, name: string): number {
  return bytes.lastIndexOf(Buffer.from(name)) - 46
}

describe('before anything is unfolded', () => {
  test('a workbook of too many parts is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`xl/media/${i}.xml`, 'x']))

    await expect(look(await aZip(many))).rejects.toMatchObject({ code: 'files.bomb', kind: 'too_large' })
  })

  test('a workbook of too many megabytes is refused, and CSV offered', async () => {
    await expect(look(await aWorkbook(small), { inflatedBytes: 1_000 })).rejects.toMatchObject({
      code: 'files.too_large',
    })
  })

  test('a part that unfolds a thousandfold is refused', async () => {
    const bomb = await aWorkbook({ ...small, parts: { 'xl/media/zeros.xml': ' '.repeat(11 * 1024 ** 2) } })

    await expect(look(bomb)).rejects.toMatchObject({ code: 'files.bomb' })
  })

  test('parts that lie over each other are refused', async () => {
    const bytes = await aWorkbook(small)
    bytes.writeUInt32LE(0, inList(bytes, 'xl/worksheets/sheet0.xml') + 42)

    await expect(look(bytes)).rejects.toMatchObject({ code: 'files.damaged' })
  })

  test('a zip with a password is told as such', async () => {
    const bytes = await aWorkbook(small)
    bytes[inList(bytes, 'xl/workbook.xml') + 8]! |= 1

    await expect(look(bytes)).rejects.toMatchObject({ code: 'files.locked' })
  })
})

test('a part that unfolds to more than it declares is stopped there', async () => {
  const bytes = await aWorkbook(small)
  bytes.writeUInt32LE(20, inList(bytes, 'xl/worksheets/sheet0.xml') + 24)

  await expect(look(bytes)).rejects.toMatchObject({ code: 'files.bomb' })
})

test('a part whose content was changed on the way is refused', async () => {
  const bytes = await aWorkbook(small)
  bytes.writeUInt32LE(1, inList(bytes, 'xl/worksheets/sheet0.xml') + 16)

  await expect(look(bytes)).rejects.toMatchObject({ code: 'files.damaged' })
})

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><sst><si><t>&lol2;</t></si></sst>`
const outside = `<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><sst><si><t>&secret;</t></si></sst>`

test.each([
  ['a billion laughs', laughs],
  ['a file of the server', outside],
])('%s in the XML is refused', async (_, xml) => {
  const bytes = await aWorkbook({ ...small, parts: { 'xl/sharedStrings.xml': xml } })

  await expect(look(bytes)).rejects.toMatchObject({
    code: 'files.forbidden_xml',
    value: expect.stringContaining('<!DOCTYPE'),
  })
})

test('an entity that nobody defined stays as it is written', async () => {
  const { rows } = await wholeTable(
    aFile(await aWorkbook({ sheet: textRow(1, 'a', 'b') + textRow(2, '&evil;', '&#x41;') })),
  )

  expect(rows[0]?.cells).toEqual(['&evil;', 'A'])
})

test('two cells at the far corners of a sheet cost no more than two cells', async () => {
  const sheet = `${textRow(1, 'name', 'city')}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`

  const { bad } = await wholeTable(aFile(await aWorkbook({ sheet })))

  expect(bad).toMatchObject([{ row: 1_048_576, reason: 'files.too_many_cells', found: 16_384, expected: 2 }])
})

test.each([
  ['a row past the last one', textRow(1, 'a', 'b') + textRow(1_048_577, 'x', 'y'), 'files.too_many_rows'],
  ['a column past the last one', `<row r="1"><c r="XFE1"><v>1</v></c></row>`, 'files.damaged'],
  ['rows out of order', textRow(2, 'a', 'b') + textRow(1, 'x', 'y'), 'files.damaged'],
  ['nothing', '', 'files.empty'],
])('a sheet with %s is refused', async (_, sheet, code) => {
  await expect(look(await aWorkbook({ sheet }))).rejects.toMatchObject({ code })
})

test.each([
  ['xl/workbook.xml', 'files.not_a_table'],
  ['xl/_rels/workbook.xml.rels', 'files.damaged'],
  ['xl/worksheets/sheet0.xml', 'files.damaged'],
])('a workbook without its part %s is refused', async (part, code) => {
  await expect(look(await aWorkbook({ ...small, parts: { [part]: undefined } }))).rejects.toMatchObject({ code })
})

test('a zip of other things is no table', async () => {
  await expect(look(await aZip({ 'content.xml': '<office/>', mimetype: 'x' }))).rejects.toMatchObject({
    code: 'files.not_a_table',
  })
})

test('more shared text than fits in memory is refused, and CSV offered', async () => {
  const bytes = await aWorkbook({ ...small, shared: '<si><t>some words</t></si>'.repeat(100) })

  await expect(look(bytes, { sharedCharacters: 500 })).rejects.toMatchObject({ code: 'files.too_large' })
})

test('a workbook with any bytes changed is read or refused, never crashes', async () => {
  const sample = await aWorkbook({
    ...small,
    shared: '<si><t>Ann</t></si>',
    styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
  })
  const change = fc.record({ at: fc.nat(sample.length - 1), byte: fc.nat(255), cut: fc.integer({ min: 0, max: 20 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
      let bytes = Buffer.from(sample)
      for (const { at, byte, cut } of changes) {
        if (cut === 0) bytes = bytes.subarray(0, at)
        else if (at < bytes.length) bytes[at] = byte
      }

      const outcome = await wholeTable(aFile(bytes)).catch((error: unknown) => ({ refusal: error }))

      if (outcome.refusal !== undefined) expect(outcome.refusal).toBeInstanceOf(FileRefusal)
    }),
    { numRuns: 250 },
  )
})

test('XML with any bytes changed is read or refused, never crashes', async () => {
  const xml = `<worksheet><sheetData>${textRow(1, 'name', 'city')}<row r="2"><c r="A2" s="0"><v>45000</v></c><c r="B2" t="s"><v>0</v></c></row></sheetData></worksheet>`
  const change = fc.record({
    at: fc.nat(xml.length - 1),
    text: fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '<![CDATA[', '<!--', 'r="9999999"', '\0', '\ud800', ''),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const broken = changes.reduce((text, { at, text: put }) => text.slice(0, at) + put + text.slice(at + 1), xml)
      const bytes = await aWorkbook({ parts: { 'xl/worksheets/sheet0.xml': broken }, shared: '<si><t>Ann</t></si>' })

      const outcome = await wholeTable(aFile(bytes)).catch((error: unknown) => ({ refusal: error }))

      if (outcome.refusal !== undefined) expect(outcome.refusal).toBeInstanceOf(FileRefusal)
    }),
    { numRuns: 250 },
  )
})
