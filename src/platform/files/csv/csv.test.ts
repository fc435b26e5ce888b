import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'
import { inspectTable, readTable } from '../index.ts'

removeFilesAfterwards()

// 姓名,城市 / 王小明,上海 in GB18030, as Taobao and Excel in China write it.
const gb18030 = Buffer.from('d0d5c3fb2cb3c7cad00acdf5d0a1c3f72cc9cfbaa30a', 'hex')

test('a table comes out as it went in, with the row numbers that a spreadsheet shows', async () => {
  const { shape, rows, bad } = await wholeTable(aFile('name,city\nAnn,Paris\n\nBob,"Rome, ""the"" city"\n'))

  expect(shape).toMatchObject({ columns: ['name', 'city'], headerRow: 1, delimiter: ',', encoding: 'utf-8' })
  expect(rows).toEqual([
    { row: 2, cells: ['Ann', 'Paris'] },
    { row: 4, cells: ['Bob', 'Rome, "the" city'] },
  ])
  expect(bad).toEqual([])
})

test.each([',', ';', '\t', '|'] as const)('cells may be separated by %j', async (delimiter) => {
  const lines = [
    ['name', 'spent', 'note'],
    ['Ann', '1,5', 'a'],
    ['Bob', '2,5', 'b'],
  ]

  const { shape, rows } = await wholeTable(
    aFile(lines.map((line) => line.map((c) => `"${c}"`).join(delimiter)).join('\r\n')),
  )

  expect(shape).toMatchObject({ delimiter })
  expect(rows.map((row) => row.cells)).toEqual(lines.slice(1))
})

test('prices with decimal commas do not pass for separators', async () => {
  const { shape } = await wholeTable(aFile('a;b;c\n1,5;2,5;3,5\n1,6;2,6;3,6\n'))

  expect(shape).toMatchObject({ delimiter: ';', columns: ['a', 'b', 'c'] })
})

describe('Chinese files', () => {
  test('an export in GB18030 is read as what it says', async () => {
    const { shape, rows } = await wholeTable(aFile(gb18030))

    expect(shape).toMatchObject({ encoding: 'gb18030', columns: ['姓名', '城市'] })
    expect(rows).toEqual([{ row: 2, cells: ['王小明', '上海'] }])
  })

  test.each([
    ['UTF-8 with a mark', Buffer.from('\ufeff姓名,城市\n王小明,上海\n'), 'utf-8'],
    ['UTF-8', Buffer.from('姓名,城市\n王小明,上海\n'), 'utf-8'],
    [
      'UTF-16 as Excel writes “Unicode text”',
      Buffer.from('\ufeff姓名\t城市\r\n王小明\t上海\r\n', 'utf16le'),
      'utf-16le',
    ],
    ['UTF-16 big end first', Buffer.from('\ufeff姓名,城市\n王小明,上海\n', 'utf16le').swap16(), 'utf-16be'],
  ])('so is %s', async (_, bytes, encoding) => {
    const { shape, rows } = await wholeTable(aFile(bytes))

    expect(shape).toMatchObject({ encoding, columns: ['姓名', '城市'] })
    expect(rows).toEqual([{ row: 2, cells: ['王小明', '上海'] }])
  })

  test('a file whose first Chinese name comes after a megabyte of plain letters is still read right', async () => {
    const plain = Buffer.from(`id,name\n${'123456,Ann\n'.repeat(120_000)}`)
    const late = aFile(Buffer.concat([plain, Buffer.from('9,'), gb18030.subarray(10, 16), Buffer.from('\n')]))

    const { shape, rows, refusal } = await wholeTable(late)

    expect(refusal).toBeUndefined()
    expect(shape).toMatchObject({ encodingSure: false })
    expect(rows.at(-1)).toEqual({ row: 120_002, cells: ['9', '王小明'] })
  })

  test('UTF-16 without a mark is recognised', async () => {
    const { shape, rows } = await wholeTable(aFile(Buffer.from('name,city,when\n王小明,上海,2026-01-01\n', 'utf16le')))

    expect(shape).toMatchObject({ encoding: 'utf-16le' })
    expect(rows).toEqual([{ row: 2, cells: ['王小明', '上海', '2026-01-01'] }])
  })

  test('Big5 from Taiwan is recognised when there is enough of it', async () => {
    const row = Buffer.from('a4fda470a9fa2ca578a55f2ca578c657a4a40a', 'hex')
    const { shape } = await wholeTable(
      aFile(Buffer.concat([Buffer.from('6e616d652c636974792c730a', 'hex'), ...Array(9).fill(row)])),
    )

    expect(shape).toMatchObject({
      encoding: 'big5',
      sample: expect.arrayContaining([{ row: 2, cells: ['王小明', '台北', '台灣中'] }]),
    })
  })
})

test('Excel’s own hint about the separator is believed, and is not a row of the table', async () => {
  const { shape, rows } = await wholeTable(aFile('sep=;\r\nname;note\r\nAnn;a,b,c\r\n'))

  expect(shape).toMatchObject({ delimiter: ';', headerRow: 2 })
  expect(rows).toEqual([{ row: 3, cells: ['Ann', 'a,b,c'] }])
})

test('a file with the line ends of an old Mac is read', async () => {
  const { rows } = await wholeTable(aFile('name,city\rAnn,Paris\rBob,"Ro\rme"\r'))

  expect(rows.map((row) => row.cells)).toEqual([
    ['Ann', 'Paris'],
    ['Bob', 'Ro\rme'],
  ])
})

test('rows of a megabyte each are given a few at a time, not thousands', async () => {
  const path = aFile(`id,text\n${`1,${'x'.repeat(1024 ** 2)}\n`.repeat(40)}`)
  const batches = await Array.fromAsync(readTable(path, await inspectTable(path)))

  expect(batches.length).toBeGreaterThan(1)
  expect(batches.flatMap((batch) => batch.rows)).toHaveLength(40)
  expect(batches.at(-1)).toMatchObject({ bytesRead: batches[0]!.totalBytes })
})

test('a compressed file is unfolded on the way', async () => {
  const { shape, rows } = await wholeTable(aFile(gzipSync('name,city\nAnn,Paris\n'), 'customers.csv.gz'))

  expect(shape).toMatchObject({ gzip: true })
  expect(rows).toEqual([{ row: 2, cells: ['Ann', 'Paris'] }])
})

test('reading can go on from a row', async () => {
  const path = aFile(`id,name\n${Array.from({ length: 100 }, (_, i) => `${i},n${i}`).join('\n')}`)

  const { rows } = await wholeTable(path, { fromRow: 99, batch: 2 })

  expect(rows.map((row) => row.row)).toEqual([99, 100, 101])
})

test('reading can be stopped', async () => {
  const path = aFile(`id,name\n${'1,Ann\n'.repeat(200_000)}`)
  const stop = new AbortController()
  const shape = await inspectTable(path)

  const reading = (async () => {
    for await (const _ of readTable(path, shape, { signal: stop.signal })) stop.abort()
  })()

  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
})
