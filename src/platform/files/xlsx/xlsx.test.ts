import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'
import { inspectTable, isRuinedNumber, writeXlsx } from '../index.ts'
import { aWorkbook, textRow, type WorkbookXml } from './fixture.ts'

removeFilesAfterwards()

async function read(xml: WorkbookXml, options = {}) {
  return await wholeTable(aFile(await aWorkbook(xml), 'book.xlsx'), options)
}

async function cellOf(cell: string, xml: WorkbookXml = {}) {
  const { rows } = await read({ sheet: `${textRow(1, 'value', 'other')}<row r="2">${cell}</row>`, ...xml })
  return rows[0]?.cells[0]
}

test('a sheet comes out as it went in, with the row numbers that a person sees', async () => {
  const { shape, rows, bad } = await read({
    sheet: textRow(1, 'name', 'city') + textRow(2, 'Ann', 'Paris') + textRow(5, '王小明'),
  })

  expect(shape).toMatchObject({
    format: 'xlsx',
    sheets: ['Sheet1'],
    sheet: 'Sheet1',
    columns: ['name', 'city'],
    headerRow: 1,
  })
  expect(rows).toEqual([
    { row: 2, cells: ['Ann', 'Paris'] },
    { row: 5, cells: ['王小明', ''] },
  ])
  expect(bad).toEqual([])
})

test('a sheet can be chosen by its name, and a wrong name is answered with the right ones', async () => {
  const xml = {
    sheets: { 会员: textRow(1, 'name') + textRow(2, 'Ann'), 订单: textRow(1, 'no', 'sum') + textRow(2, 'A1', '9') },
  }

  expect((await read(xml)).shape).toMatchObject({ sheets: ['会员', '订单'], sheet: '会员' })
  expect((await read(xml, { sheet: '订单' })).rows).toEqual([{ row: 2, cells: ['A1', '9'] }])
  await expect(read(xml, { sheet: '客户' })).rejects.toMatchObject({
    code: 'files.sheet_missing',
    value: '客户',
    params: { allowed: '会员, 订单' },
  })
})

const dateStyles = `<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[$￥-804]#,##0.00;[Red]-#,##0.00"/><numFmt numFmtId="172" formatCode="0.00&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="20"/></cellXfs>`

describe('a date', () => {
  test.each([
    ['<c r="A2" s="1"><v>45688</v></c>', '2025-01-31T00:00:00'],
    ['<c r="A2" s="2"><v>45688.395833333336</v></c>', '2025-01-31T09:30:00'],
    ['<c r="A2" s="3"><v>45688</v></c>', '2025-01-31T00:00:00'],
    ['<c r="A2" s="1"><v>59</v></c>', '1900-02-28T00:00:00'],
    ['<c r="A2" s="1"><v>61</v></c>', '1900-03-01T00:00:00'],
    ['<c r="A2" s="6"><v>0.5</v></c>', '12:00:00'],
    ['<c r="A2" t="d"><v>2025-01-31T09:30:00.000Z</v></c>', '2025-01-31T09:30:00'],
    ['<c r="A2" s="4"><v>45688.5</v></c>', '45688.5'],
    ['<c r="A2" s="5"><v>45688</v></c>', '45688'],
  ])('in %s is read as %s', async (cell, expected) => {
    expect(await cellOf(cell, { styles: dateStyles })).toBe(expected)
  })

  test('of a workbook from an old Mac is counted from 1904', async () => {
    const xml = { styles: dateStyles, workbookPr: '<workbookPr date1904="1"/>' }

    expect(await cellOf('<c r="A2" s="1"><v>44226</v></c>', xml)).toBe('2025-01-31T00:00:00')
  })
})

describe('a cell', () => {
  test.each([
    ['a number', '<c r="A2"><v>12.50</v></c>', '12.50'],
    ['a number with the dust of binary arithmetic', '<c r="A2"><v>19.899999999999999</v></c>', '19.9'],
    ['a yes', '<c r="A2" t="b"><v>1</v></c>', 'TRUE'],
    ['a failed formula', '<c r="A2" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>', '#N/A'],
    ['the result of a formula', '<c r="A2" t="str"><f>A1&amp;B1</f><v>Ann &amp; Bob</v></c>', 'Ann & Bob'],
    ['a shared text', '<c r="A2" t="s"><v>1</v></c>', '王小明'],
    ['a text in several styles', '<c r="A2" t="s"><v>0</v></c>', 'bold and plain'],
    [
      'a text with a control character',
      '<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>',
      'a\rb_x0041_',
    ],
    [
      'an order number written as text',
      '<c r="A2" t="inlineStr"><is><t>="2018060112345678901"</t></is></c>',
      '2018060112345678901',
    ],
    ['no address', '<c t="inlineStr"><is><t>x</t></is></c>', 'x'],
    ['marked-up text', '<c r="A2" t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is></c>', '<b>&amp;'],
  ])('with %s is read as a person sees it', async (_, cell, expected) => {
    const shared =
      '<si><r><t>bold</t></r><r><t xml:space="preserve"> and plain</t></r></si><si><t>王小明</t><rPh sb="0" eb="1"><t>wang</t></rPh></si>'

    expect(await cellOf(cell, { shared })).toBe(expected)
  })

  test.each(['2.01234567890123E+18', '2012345678901234567', '1234567890123456'])(
    'with the number %s tells that it was ruined',
    async (raw) => {
      expect(isRuinedNumber((await cellOf(`<c r="A2"><v>${raw}</v></c>`))!)).toBe(true)
    },
  )
})

test('a workbook whose writer uses prefixes for everything is read too', async () => {
  const { rows } = await read({
    parts: {
      'xl/worksheets/sheet0.xml':
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>name</x:t></x:is></x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>Ann</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    },
  })

  expect(rows).toEqual([{ row: 2, cells: ['Ann'] }])
})

test('a row with more cells than the header is put aside, and reading can go on from a row', async () => {
  const sheet = textRow(1, 'a', 'b') + textRow(2, '1', '2', '3') + textRow(3, '4', '5') + textRow(4, '6', '7')

  const { rows, bad } = await read({ sheet })

  expect(bad).toEqual([{ row: 2, line: 0, reason: 'files.too_many_cells', found: 3, expected: 2, value: '1 | 2 | 3' }])
  expect(rows.map((row) => row.row)).toEqual([3, 4])
  expect((await read({ sheet }, { fromRow: 4 })).rows.map((row) => row.row)).toEqual([4])
})

describe('other programs', () => {
  const day = new Date(Date.UTC(2025, 0, 31, 9, 30))

  test('write workbooks that we read', async () => {
    const bytes = await writeExcelFile([
      [{ value: 'name' }, { value: 'spent' }, { value: 'on' }, { value: 'vip' }],
      [
        { value: ' 王小明 <&> "x"\n' },
        { value: 12.5 },
        { value: day, type: Date, format: 'yyyy-mm-dd hh:mm' },
        { value: true, type: Boolean },
      ],
    ]).toBuffer()

    const { rows } = await wholeTable(aFile(bytes, 'other.xlsx'))

    expect(rows).toEqual([{ row: 2, cells: [' 王小明 <&> "x"\n', '12.5', '2025-01-31T09:30:00', 'TRUE'] }])
  })

  test('read the workbooks that we write', async () => {
    const rows = [
      ['王小明 <&> "x"', '12.5', '=1+1'],
      ['line\nbreak', '-5', ''],
    ]
    const bytes = Buffer.concat(
      await Array.fromAsync(
        writeXlsx(rows, { columns: ['name', 'spent', 'note'], numeric: [1], sheet: '会员 & 客户' }),
      ),
    )

    const back = await readSheet(bytes, '会员 & 客户', { trim: false })

    expect(back).toEqual([
      ['name', 'spent', 'note'],
      ['王小明 <&> "x"', 12.5, '=1+1'],
      ['line\nbreak', -5, null],
    ])
  })
})

describe('writing', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('"', '<', '&', '\n', '\r', "'", '=', '_x0041_', '\u0001', '\uffff', ' ', '1', '-'),
      maxLength: 8,
    }),
  )
  const full = fc
    .string({ minLength: 1, maxLength: 5, unit: 'grapheme' })
    .filter((text) => text.trim() !== '' && !text.includes('\0'))

  test('whatever is written is read back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(full, cell, fc.integer().map(String)), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          fc.pre(rows.every((row) => !row.join('').includes('\0')))
          const bytes = Buffer.concat(
            await Array.fromAsync(writeXlsx(rows, { columns: ['a', 'b', 'c'], numeric: [2] })),
          )

          const back = await wholeTable(aFile(bytes, 'ours.xlsx'), { batch: 3 })

          expect(back.rows).toEqual(rows.map((cells, index) => ({ row: index + 2, cells })))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('a text too long for a workbook is refused with its place, not cut', async () => {
    const writing = Array.fromAsync(
      writeXlsx([['Ann', 'x'.repeat(32_768)]], { columns: ['a', 'b'], file: 'export.xlsx' }),
    )

    await expect(writing).rejects.toMatchObject({
      code: 'files.cell_too_long',
      file: 'export.xlsx',
      row: 2,
      column: 'B',
    })
  })
})

test('a workbook is looked at without reading all of it', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => [`customer ${i}`, String(i)])
  const path = aFile(Buffer.concat(await Array.fromAsync(writeXlsx(rows, { columns: ['name', 'n'] }))), 'long.xlsx')

  const start = process.cpuUsage()
  const shape = await inspectTable(path)
  const { user } = process.cpuUsage(start)

  expect(shape.sample).toHaveLength(20)
  expect(user).toBeLessThan(500_000)
})
