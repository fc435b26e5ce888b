import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { aFile } from './an-import.ts'
import { compareFile, importFile } from './import-file.ts'

const house = useHouse({ empty: true })

const sold =
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
  '536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n' +
  '536366,22633,WARMER,none,2010-12-01 08:28:00,1.85,17850.0,United Kingdom\n'

test('a file whose columns a preset knows needs no word of it', async () => {
  const ctx = await house()
  const taken: string[] = []

  const { summary } = await importFile(ctx, { path: await aFile(sold), onPreset: ({ code }) => taken.push(code) })

  expect(taken).toEqual(['online-retail'])
  expect(summary).toMatchObject({ lines: 1, orders: 1, customers: 1 })
})

test('a dry run tells what would come, and leaves the shop as it was', async () => {
  const ctx = await house()
  const path = await aFile(sold)

  const { comparison } = await compareFile(ctx, { path })

  expect(comparison).toMatchObject({ orders: { new: 1, changed: 0, same: 0, conflicting: 0 }, unusableRows: 1 })
  const { rows } = await sql`
    select (select count(*) from orders) as orders, (select count(*) from customers) as customers`.execute(ctx.db)
  expect(rows).toEqual([{ orders: 0, customers: 0 }])
})

test('a file that nobody could guess is refused with the names of the presets', async () => {
  const ctx = await house()
  const path = await aFile('alpha,beta\n1,2\n')

  await expect(importFile(ctx, { path })).rejects.toMatchObject({
    code: 'exchange.no_preset',
    params: { file: 'orders.csv', known: expect.stringContaining('online-retail') },
  })
})
