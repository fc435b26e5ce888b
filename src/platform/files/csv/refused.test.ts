import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'
import { inspectTable } from '../index.ts'

removeFilesAfterwards()

const manyRows = (count: number) => `name,city\n${'Ann,Paris\n'.repeat(count)}`

describe('a quote that is never closed', () => {
  test('at row 400,000 is named with its row and column, and the rows before it are there', async () => {
    const path = aFile(`${manyRows(399_998)}Bob,"Rome\n${'Ann,Paris\n'.repeat(500_000)}`)

    const { rows, refusal } = await wholeTable(path)

    expect(refusal).toMatchObject({ code: 'files.broken_quote', row: 400_000, column: 'city', value: '"Rome' })
    expect(rows.at(-1)?.row).toBe(399_999)
  })

  test('is found where it was opened, even if another quote seems to close it far below', async () => {
    const path = aFile('name,city\nAnn,Paris\nBob,"Rome\nAnn,Paris\nEve,"Oslo"\n')

    const { refusal } = await wholeTable(path)

    expect(refusal).toMatchObject({ code: 'files.broken_quote', row: 3, column: 'city' })
  })

  test('at the end of the file is named too', async () => {
    const { rows, refusal } = await wholeTable(aFile('name,city\nAnn,Paris\nBob,"Rome'))

    expect(rows).toHaveLength(1)
    expect(refusal).toMatchObject({ code: 'files.broken_quote', row: 3, column: 'city', value: '"Rome' })
  })

  test('is named with the line of the file as well, when cells with line breaks made it differ', async () => {
    const { refusal } = await wholeTable(aFile('name,note\nAnn,"one\ntwo\nthree"\nBob,"x\n'))

    expect(refusal).toMatchObject({ code: 'files.broken_quote', row: 3, line: 5, params: { row: 3, line: 5 } })
  })
})

test('a quote inside an unquoted cell belongs to the text, as in a spreadsheet', async () => {
  const { rows } = await wholeTable(aFile('item,price\n5" pipe,3\n12" plate,4\n'))

  expect(rows.map((row) => row.cells[0])).toEqual(['5" pipe', '12" plate'])
})

describe('a character that is not in the encoding', () => {
  test('is named with row, column and what it looks like, at row 400,000 too', async () => {
    const path = aFile(
      Buffer.concat([
        Buffer.from(`姓名,城市\n${'王小明,上海\n'.repeat(399_998)}Bo`),
        Buffer.from([0xff]),
        Buffer.from('b,Rome\nEve,Oslo\n'),
      ]),
    )

    const { rows, refusal } = await wholeTable(path)

    expect(refusal).toMatchObject({ code: 'files.encoding', row: 400_000, column: '姓名', value: 'Bo�b' })
    expect(rows.at(-1)?.row).toBe(399_999)
  })

  test('in a GB18030 file is named as well', async () => {
    const row = Buffer.from('cdf5d0a1c3f72cc9cfbaa30a', 'hex')
    const path = aFile(
      Buffer.concat([Buffer.from('d0d5c3fb2cb3c7cad00a', 'hex'), row, row, Buffer.from('c9cfffbaa32c780a', 'hex')]),
    )

    await expect(inspectTable(path)).rejects.toMatchObject({
      code: 'files.encoding',
      row: 4,
      column: '姓名',
      params: { allowed: 'GB18030' },
    })
  })

  test('of a Western file is not read as a Chinese one', async () => {
    const path = aFile(Buffer.from('name,city\nAndr\xe9a,Paris\nZo\xeb,K\xf6ln\n', 'latin1'))

    await expect(inspectTable(path)).rejects.toMatchObject({
      code: 'files.encoding',
      row: 2,
      column: 'name',
      value: 'Andr�a',
    })
    await expect(inspectTable(path, { encoding: 'windows-1252' })).resolves.toMatchObject({
      sample: [{ cells: ['Andréa', 'Paris'] }, { cells: ['Zoë', 'Köln'] }],
    })
  })
})

describe('a row that does not fit the header', () => {
  test('with too few or too many cells is put aside with its number, and the others are read', async () => {
    const { rows, bad, refusal } = await wholeTable(aFile('a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n'))

    expect(rows.map((row) => row.row)).toEqual([2, 5])
    expect(bad).toEqual([
      { row: 3, line: 0, reason: 'files.too_few_cells', found: 2, expected: 3, value: '1 | 2' },
      { row: 4, line: 0, reason: 'files.too_many_cells', found: 4, expected: 3, value: '1 | 2 | 3 | 4' },
    ])
    expect(refusal).toBeUndefined()
  })

  test('only because of empty cells at its end is read', async () => {
    const { rows, bad } = await wholeTable(aFile('a,b,\n1,2,,,\n3,4\n'))

    expect(rows.map((row) => row.cells)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(bad).toEqual([])
  })

  test('or holds a NUL character is put aside with its column', async () => {
    const { rows, bad } = await wholeTable(aFile('name,city\nAnn,Pa\0ris\nBob,Rome\n'))

    expect(rows).toHaveLength(1)
    expect(bad).toMatchObject([{ row: 2, reason: 'files.nul_character', column: 'city', value: 'Pa␀ris' }])
  })
})

describe('the header', () => {
  test('may stand below a title, and blank rows and padding do not count', async () => {
    const { shape, rows } = await wholeTable(
      aFile('会员列表,,\n导出时间：2026-01-01,,\n\n\u3000姓名\u00a0, 手机 ,城市\u200b\n王小明,1,上海\n,,\n'),
    )

    expect(shape).toMatchObject({ headerRow: 4, columns: ['姓名', '手机', '城市'] })
    expect(rows).toEqual([{ row: 5, cells: ['王小明', '1', '上海'] }])
  })

  test.each([
    [
      'a name used twice',
      'name,city,name\n1,2,3\n',
      { code: 'files.duplicate_column', column: 'C', value: 'name', params: { allowed: 'A' } },
    ],
    ['a column without a name', 'name,,city\n1,2,3\n', { code: 'files.column_without_name', row: 1, column: 'B' }],
    ['no names at all', '13800138000,2026-01-01,5\n13800138001,2026-01-02,6\n', { code: 'files.no_header', row: 1 }],
    [
      'more columns than a spreadsheet has',
      `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n`,
      { code: 'files.too_many_columns' },
    ],
    ['nothing', '\n\n \n', { code: 'files.empty' }],
  ])('with %s is refused', async (_, text, refusal) => {
    await expect(inspectTable(aFile(text))).rejects.toMatchObject(refusal)
  })

  test('that changed since the file was looked at stops the reading', async () => {
    const shape = await inspectTable(aFile('name,city\nAnn,Paris\n'))
    const { readTable } = await import('../index.ts')

    const reading = Array.fromAsync(readTable(aFile('city,name\nParis,Ann\n'), shape))

    await expect(reading).rejects.toMatchObject({ code: 'files.changed', row: 1 })
  })
})

describe('what is no table', () => {
  test.each([
    ['an empty file', '', 'files.empty'],
    ['a PDF', '%PDF-1.7\n1 0 obj\n', 'files.not_a_table'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61', 'hex'),
      'files.not_a_table',
    ],
    ['a web page that calls itself .xls', '\ufeff<html><table><tr><td>name</td></tr></table>', 'files.web_page'],
    ['an old workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]), 'files.old_excel'],
    [
      'a workbook with a password',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
        Buffer.alloc(64),
      ]),
      'files.locked',
    ],
    ['a download that broke off', gzipSync(manyRows(1000)).subarray(0, 60), 'files.damaged'],
  ])('%s is told from one', async (_, content, code) => {
    await expect(inspectTable(aFile(content))).rejects.toMatchObject({ code })
  })

  test('a cell of 10 MB stops the reading with its row, not the machine', async () => {
    const { refusal } = await wholeTable(aFile(`name,city\nAnn,Paris\nBob,${'x'.repeat(10 * 1024 ** 2)}\n`))

    expect(refusal).toMatchObject({ code: 'files.row_too_long', kind: 'too_large', row: 3, column: 'city' })
  })

  test('a small file that unfolds to gigabytes is stopped on the way', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from('name,city\n'), Buffer.alloc(20 * 1024 ** 2, `${'Ann'.repeat(300)},Paris\n`)]),
    )

    expect((await wholeTable(aFile(bomb))).refusal).toMatchObject({ code: 'files.bomb' })
    expect(
      await wholeTable(aFile(gzipSync(manyRows(9))), { limits: { inflatedBytes: 50 } }).catch((error) => error),
    ).toMatchObject({ code: 'files.bomb' })
  })
})
