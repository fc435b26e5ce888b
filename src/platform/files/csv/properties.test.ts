import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'
import { FileRefusal, writeCsv } from '../index.ts'
import { CsvRows } from './rows.ts'

removeFilesAfterwards()

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', "'", '=', '-', '1', '＝', '\t', 'x', ' '), maxLength: 8 }),
)
const table = (content: fc.Arbitrary<string>) =>
  fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(content, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
    )

test('whatever is written is read back exactly', async () => {
  await fc.assert(
    fc.asyncProperty(table(cell.filter((text) => !text.includes('\0'))), async (rows) => {
      const columns = rows[0]!.map((_, index) => `column ${index}`)
      const bytes = Buffer.concat(await Array.fromAsync(writeCsv(rows, { columns, numeric: [0] })))

      const back = await wholeTable(aFile(bytes), { batch: 3 })

      expect(back.shape.columns).toEqual(columns)
      expect(back.rows).toEqual(rows.map((cells, index) => ({ row: index + 2, cells })))
      expect(back.bad).toEqual([])
    }),
    { numRuns: 150 },
  )
})

const anyText = fc.string({ unit: fc.constantFrom('"', '"', ',', '\n', '\r\n', 'a', '1', ' ', '好'), maxLength: 40 })

test('what csv-parse reads strictly, we read the same, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(anyText, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }), (text, cuts) => {
      let expected: string[][]
      try {
        expected = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] })
      } catch {
        return
      }

      const reader = new CsvRows('x.csv', { delimiter: ',', newline: '\n' }, 1000)
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b)]
      const records = places.flatMap((from, index) =>
        reader.read(text.slice(from, places[index + 1]), index === places.length - 1),
      )

      expect(reader.refusal).toBeUndefined()
      expect(records.map((record) => record.cells)).toEqual(expected)
    }),
    { numRuns: 1500 },
  )
})

test('a quote that csv-parse finds never closed, we refuse', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let code = ''
      try {
        parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] })
      } catch (error) {
        code = (error as { code: string }).code
      }
      fc.pre(code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_INVALID_CLOSING_QUOTE')

      const reader = new CsvRows('x.csv', { delimiter: ',', newline: '\n' }, 1000)
      reader.read(text, true)

      expect(reader.refusal).toMatchObject({ code: 'files.broken_quote' })
    }),
    { numRuns: 400 },
  )
})

const samples = [
  Buffer.from('\ufeffname,city,note\n王小明,上海,"a ""b"" c"\nBob,Rome,"line\nbreak"\n'),
  Buffer.from('\ufeffname\tcity\n王小明\t上海\n', 'utf16le'),
  Buffer.from('d0d5c3fb2cb3c7cad00acdf5d0a1c3f72cc9cfbaa30a', 'hex'),
]

test('a file with any bytes changed is read or refused, never crashes', async () => {
  const change = fc.record({ at: fc.nat(200), byte: fc.nat(255), cut: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async (sample, changes) => {
        let bytes = Buffer.from(sample)
        for (const { at, byte, cut } of changes) {
          if (cut && at % 7 === 0) bytes = bytes.subarray(0, at % (bytes.length + 1))
          else if (bytes.length) bytes[at % bytes.length] = byte
        }

        const outcome = await wholeTable(aFile(bytes)).catch((error: unknown) => ({ refusal: error, rows: [] }))

        if (outcome.refusal !== undefined) expect(outcome.refusal).toBeInstanceOf(FileRefusal)
      },
    ),
    { numRuns: 300 },
  )
})
