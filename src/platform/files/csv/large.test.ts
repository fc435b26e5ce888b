import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { aFile, removeFilesAfterwards, wholeTable } from '../fixture.ts'

removeFilesAfterwards()

const data = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const shop = `${data}online-retail/online_retail.csv.gz`

/** Reads a file in a process of its own. Its young generation is capped, which else takes some 100 MB before it is cleaned. */
function readAlone(path: string): { rows: number; bad: number; grownMegabytes: number; rowsPerSecond: number } {
  const front = new URL('../index.ts', import.meta.url).href
  const script = `
    import { inspectTable, readTable } from ${JSON.stringify(front)}
    const path = ${JSON.stringify(path)}
    const shape = await inspectTable(path)
    const before = process.memoryUsage.rss()
    const start = process.cpuUsage()
    let rows = 0, bad = 0, most = 0
    for await (const batch of readTable(path, shape)) {
      rows += batch.rows.length
      bad += batch.bad.length
      most = Math.max(most, process.memoryUsage.rss())
    }
    const { user, system } = process.cpuUsage(start)
    const rowsPerSecond = Math.round(rows / ((user + system) / 1e6))
    process.stdout.write(JSON.stringify({ rows, bad, grownMegabytes: Math.round((most - before) / 1024 ** 2), rowsPerSecond }))`
  return JSON.parse(
    execFileSync(process.execPath, ['--max-semi-space-size=16', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    }),
  )
}

test('a file of 200 MB is read in less than 150 MB of memory more', () => {
  const path = aFile('name,phone,city,note,spent\n')
  const rows = Buffer.from(
    `王小明,13800138000,上海市浦东新区,"a note, with a comma, ${'and more '.repeat(25)}",128.50\n`.repeat(2_000),
  )
  const file = openSync(path, 'a')
  for (let size = 0; size < 200 * 1024 ** 2; size += rows.length) writeSync(file, rows)
  closeSync(file)

  const { bad, grownMegabytes } = readAlone(path)

  expect(bad).toBe(0)
  expect(grownMegabytes).toBeLessThan(150)
}, 120_000)

test.skipIf(!existsSync(shop))(
  'a year of a real shop is read whole, each row by its number',
  async () => {
    const { shape, rows, bad, refusal } = await wholeTable(shop)

    expect(refusal).toBeUndefined()
    expect(bad).toEqual([])
    expect(shape.columns).toEqual([
      'InvoiceNo',
      'StockCode',
      'Description',
      'Quantity',
      'InvoiceDate',
      'UnitPrice',
      'CustomerID',
      'Country',
    ])
    expect(rows).toHaveLength(541_909)
    expect(rows.at(-1)?.row).toBe(541_910)
  },
  30_000,
)
