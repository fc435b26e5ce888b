import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { writeXlsx } from '#platform/files/index.ts'
import { useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { header, ordersOf, problemsOf, rowsOf } from './imported.ts'

// What cannot be read stops what it belongs to, is named by its cell, and is never guessed.

const house = useHouse()

test('an order lacking a row that cannot be used is held back whole', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    `${header}A1,2026-02-03,k1,T1,Tea,1,5\nA1,2026-02-03,k1,T2,Tea,many,5\nA2,2026-02-03,k1,T1,Tea,1,5\n`,
  )

  expect((await ordersOf(ctx)).map((row) => row.number)).toEqual(['A2'])
  expect(await problemsOf(ctx, one.id)).toEqual([
    [2, 'exchange.held_back', null, 'A1'],
    [3, 'exchange.bad_number', 'Qty', 'many'],
  ])
})

test('a row with too few cells holds back the orders beside it', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    `${header}A1,2026-02-03,k1,T1,Tea,1,5\nA1,2026-02-03,k1\nA2,2026-02-03,k1,T1,Tea,1,5\nA3,2026-02-03,k1,T1,Tea,1,5\n`,
  )

  expect((await ordersOf(ctx)).map((row) => row.number)).toEqual(['A3'])
  expect((await problemsOf(ctx, one.id)).map(([row, reason]) => [row, reason])).toEqual([
    [2, 'exchange.held_back'],
    [3, 'files.too_few_cells'],
    [4, 'exchange.held_back'],
  ])
})

test('unusable values are named with row, column and value, and never guessed', async () => {
  const ctx = await house()
  const rows = [
    '2.01E+18,2026-02-03,k1,T1,Tea,1,5',
    'A2,03/04/2026,k1,T1,Tea,1,5',
    'A3,2026-02-30,k1,T1,Tea,1,5',
    'A4,2026-02-03,1.38E+10,T1,Tea,1,5',
    'A5,2026-02-03,k1,T1,Tea,1,$5',
    'A6,2026-02-03,k1,T1,Tea,1,"12,5"',
    'A7,2106-02-03,k1,T1,Tea,1,5',
    '="0008",2026/2/3 8:05,k1,T1,Tea,1,"¥1,234.50元"',
    'A9,25/02/2026,k1,T1,Tea,1,5',
  ]

  const one = await anImport(ctx, `${header}${rows.join('\n')}\n`)

  expect(await problemsOf(ctx, one.id)).toEqual([
    [2, 'exchange.ruined_number', 'Order', '2.01E+18'],
    [3, 'exchange.two_dates', 'Date', '03/04/2026'],
    [4, 'exchange.bad_date', 'Date', '2026-02-30'],
    [5, 'exchange.ruined_number', 'Customer', '1.38E+10'],
    [6, 'exchange.foreign_currency', 'Price', '$5'],
    [7, 'exchange.bad_number', 'Price', '12,5'],
    [8, 'exchange.future', 'Date', '2106-02-03'],
  ])
  expect(await ordersOf(ctx)).toMatchObject([
    { number: '0008', amount: 123450, day: '2026-02-03' },
    { number: 'A9', day: '2026-02-25' },
  ])
})

test('a date with the year last is read as the preset says', async () => {
  const ctx = await house()

  await anImport(ctx, `${header}A1,03/04/2025,k1,T1,Tea,1,5\n`, { preset: { dates: 'day-first' } })

  expect((await ordersOf(ctx))[0]).toMatchObject({ day: '2025-04-03' })
})

test('a foreign order is dropped unless a rate is given, which is kept with it', async () => {
  const ctx = await house()
  const file = 'Order,Date,Customer,Code,Item,Qty,Price,Currency\nA1,2026-02-03,k1,T1,Tea,2,10.00,USD\n'

  const dropped = await anImport(ctx, file)
  await anImport(ctx, file, { preset: { rates: { USD: '7.1234' } } })

  expect(await problemsOf(ctx, dropped.id)).toEqual([[2, 'exchange.foreign_currency', 'Currency', 'USD']])
  const { rows } = await sql`select amount, foreign_currency, foreign_amount, rate::text from orders`.execute(ctx.db)
  expect(rows).toEqual([{ amount: 14247, foreignCurrency: 'USD', foreignAmount: 2000, rate: '7.1234000000' }])
})

test('a word for the state that nobody explained is not taken as sold', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    'Order,Date,Customer,Code,Item,Qty,Price,Status\nA1,2026-02-03,k1,T1,Tea,2,10,frozen\n',
  )

  expect(await problemsOf(ctx, one.id)).toEqual([[2, 'exchange.unknown_status', 'Status', 'frozen']])
})

test('a missing column and a broken quote stop the file with nothing applied', async () => {
  const ctx = await house()

  const missing = await anImport(ctx, 'Order,Customer,Code,Qty,Price\nA1,k1,T1,1,5\n')
  const broken = await anImport(
    ctx,
    `${header}A1,2026-02-03,k1,T1,Tea,1,5\nA2,2026-02-03,k1,T1,"Tea,1,5\nA3,2026-02-03,k1,T1,Tea,1,5\n`,
  )

  expect(missing).toMatchObject({
    state: 'failed',
    failure: { code: 'exchange.missing_column', params: { column: 'Date' } },
  })
  expect(broken).toMatchObject({
    state: 'failed',
    failure: { code: 'files.broken_quote', params: { row: 3, column: 'Item' } },
  })
  expect(await rowsOf(ctx, 'orders')).toBe(0)
  expect(await rowsOf(ctx, 'products')).toBe(0)
})

test('a file in GB18030 is read as such, one with a broken character is refused at its cell', async () => {
  const ctx = await house()
  const tea = Buffer.from([0xc2, 0xcc, 0xb2, 0xe8]) // 绿茶
  const chinese = Buffer.concat([Buffer.from(`${header}A1,2026-02-03,k1,T1,`), tea, tea, tea, Buffer.from(',1,5\n')])

  await anImport(ctx, chinese)
  const broken = Buffer.concat([
    Buffer.from(`${header}A2,2026-02-03,k1,T1,茶`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(',1,5\n'),
  ])

  const { rows } = await sql`select name from products`.execute(ctx.db)
  expect(rows).toEqual([{ name: '绿茶绿茶绿茶' }])
  await expect(anImport(ctx, broken)).rejects.toMatchObject({ code: 'files.encoding', row: 2, column: 'Item' })
})

test('a workbook is read as well, its dates in the preset’s zone', async () => {
  const ctx = await house()
  const rows = [['A1', '2026-02-03T10:00:00', 'k1', 'T1', 'Tea', '2', '12.5']]
  const pieces: Buffer[] = []
  for await (const piece of writeXlsx(rows, { columns: header.trim().split(','), numeric: [5, 6] }))
    pieces.push(Buffer.from(piece))

  const one = await anImport(ctx, Buffer.concat(pieces), { name: 'orders.xlsx' })

  expect(one).toMatchObject({ state: 'applied', shape: { format: 'xlsx' } })
  expect(await ordersOf(ctx)).toMatchObject([{ number: 'A1', amount: 2500, day: '2026-02-03' }])
})
