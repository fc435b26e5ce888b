import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { writeXlsx } from '#platform/files/index.ts'
import { useHouse } from '#platform/testing/index.ts'
import { anImport, flat, runTo } from './an-import.ts'
import { problemsFrom } from './problems.ts'

const house = useHouse()

const header = 'Order,Date,Customer,Code,Item,Qty,Price\n'
const march = `${header}A1,2026-02-03 10:00,k1,T1,Green tea,2,12.50\nA1,2026-02-03 10:01,k1,POST,Postage,1,8\nA2,2026-02-04 09:00,,T2,Black tea,1,20\n`

async function ordersOf(ctx: Context) {
  const { rows } = await sql<Record<string, unknown>>`
    select o.number, o.kind, o.status, o.amount, o.line_count, o.day::text, p.external_id, o.version
      from orders o join profiles p on p.id = o.profile_id order by o.number`.execute(ctx.db)
  return rows
}

async function rowsOf(ctx: Context, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(ctx.db)
  return rows[0]!.count
}

async function problemsOf(ctx: Context, id: number) {
  return (await problemsFrom(ctx, id, 0, 100)).map(({ row, reason, columnName, value }) => [
    row,
    reason,
    columnName,
    value,
  ])
}

test('a file of orders becomes customers, products and orders, an order without a customer stays anonymous', async () => {
  const ctx = await house()

  const one = await anImport(ctx, march)

  expect(one.state).toBe('applied')
  expect(one.summary).toEqual({
    lines: 3,
    orders: 2,
    cancellations: 0,
    adjustments: 0,
    customers: 1,
    anonymousLines: 1,
    products: 3,
    countries: 0,
    revenue: 53,
  })
  expect(await ordersOf(ctx)).toMatchObject([
    { number: 'A1', amount: 3300, lineCount: 2, day: '2026-02-03', externalId: 'k1', kind: 'sale' },
    { number: 'A2', amount: 2000, lineCount: 1, externalId: 'order:A2' },
  ])
  const { rows } = await sql<{ number: string }>`select number from customers`.execute(ctx.db)
  expect(rows).toEqual([{ number: 'k1' }])
  expect(await rowsOf(ctx, 'profile_customers')).toBe(1)
})

test('the earliest minute is the order’s time when its lines carry two', async () => {
  const ctx = await house()

  await anImport(ctx, `${header}A1,2026-02-03 10:01,k1,T1,Tea,1,1\nA1,2026-02-03 10:00,k1,T1,Tea,1,1\n`)

  const { rows } = await sql<{ placedAt: Date }>`select placed_at from orders`.execute(ctx.db)
  expect(rows[0]!.placedAt.toISOString()).toBe('2026-02-03T02:00:00.000Z')
})

test('the same file twice changes nothing: no new version, no new fact', async () => {
  const ctx = await house()
  await anImport(ctx, march)
  const before = await rowsOf(ctx, 'facts')
  const versions = await sql`select 'c', id, version from customers union all select 'p', id, version from products
    union all select 'o', id, version from orders order by 1, 2`.execute(ctx.db)

  const again = await anImport(ctx, march)

  expect(again.state).toBe('applied')
  // One fact tells that the file was applied.
  expect(await rowsOf(ctx, 'facts')).toBe(before + 1)
  const after = await sql`select 'c', id, version from customers union all select 'p', id, version from products
    union all select 'o', id, version from orders order by 1, 2`.execute(ctx.db)
  expect(after.rows).toEqual(versions.rows)
})

test('lines in another order are the same order', async () => {
  const ctx = await house()
  await anImport(ctx, march)
  const [head, one, two, three] = march.trim().split('\n')

  const again = await anImport(ctx, [head, two, three, one].join('\n'), { goal: 'compared' })

  expect(again.comparison!.orders).toEqual({ new: 0, changed: 0, same: 2, conflicting: 0 })
})

test('a dry run tells what is new, changed, the same and conflicting, and writes nothing', async () => {
  const ctx = await house()
  await anImport(ctx, march)

  const dry = await anImport(
    ctx,
    `${header}A1,2026-02-03 10:00,k1,T1,Green tea,3,12.50\nA1,2026-02-03 10:01,k1,POST,Postage,1,8\nA2,2026-02-04 09:00,,T2,Black tea,1,20\n` +
      'A3,2026-02-05 09:00,k2,T2,Black tea,1,20\nA4,2026-02-05 09:00,k2,T2,Black tea,x,20\n',
    { goal: 'compared' },
  )

  expect(dry.state).toBe('compared')
  expect(dry.comparison).toMatchObject({
    orders: { new: 1, changed: 1, same: 1, conflicting: 0 },
    lines: { new: 1, changed: 2, same: 1, conflicting: 0 },
    customers: { new: 1, changed: 0, same: 1, conflicting: 0 },
    products: { new: 0, changed: 0, same: 3, conflicting: 0 },
    unusableRows: 1,
    heldBackOrders: 1,
  })
  const changed = dry.comparison!.samples.find((one) => one.entity === 'orders' && one.state === 'changed')
  expect(changed).toMatchObject({ key: 'A1', row: 2, fields: [{ field: 'amount', old: '33.00', new: '45.50' }] })
  expect(await rowsOf(ctx, 'orders')).toBe(2)
})

test('a changed order gets its lines anew and one more version', async () => {
  const ctx = await house()
  await anImport(ctx, march)

  await anImport(ctx, `${header}A1,2026-02-03 10:00,k1,T1,Green tea,3,12.50\n`)

  expect(await ordersOf(ctx)).toMatchObject([
    { number: 'A1', amount: 3750, lineCount: 1, version: 2 },
    { number: 'A2', version: 1 },
  ])
  expect(await rowsOf(ctx, 'order_lines')).toBe(2)
})

test('an order that names two customers is not applied, nor one that is known for another customer', async () => {
  const ctx = await house()
  await anImport(ctx, march)

  const one = await anImport(
    ctx,
    `${header}A1,2026-02-03 10:00,k9,T1,Green tea,2,12.50\nB1,2026-02-03 10:00,k1,T1,Green tea,1,1\nB1,2026-02-03 10:00,k2,T1,Green tea,1,1\n`,
    { goal: 'compared' },
  )
  await runTo(ctx, one.id, 'applied')

  const conflicts = one.comparison!.samples.filter((sample) => sample.state === 'conflicting')
  expect(conflicts.map((sample) => [sample.key, sample.reason])).toEqual([
    ['A1', 'exchange.other_customer'],
    ['B1', 'exchange.two_customers'],
  ])
  expect((await ordersOf(ctx)).map((row) => [row.number, row.externalId])).toEqual([
    ['A1', 'k1'],
    ['A2', 'order:A2'],
  ])
})

test('an anonymous order that is told with its customer later is claimed: only the map changes', async () => {
  const ctx = await house()
  await anImport(ctx, march)

  await anImport(ctx, `${header}A2,2026-02-04 09:00,k1,T2,Black tea,1,20\n`)

  const { rows } = await sql<{ externalId: string; number: string }>`
    select p.external_id, c.number from orders o join profiles p on p.id = o.profile_id
      join profile_customers map on map.profile_id = p.id join customers c on c.id = map.customer_id
     where o.number = 'A2'`.execute(ctx.db)
  expect(rows).toEqual([{ externalId: 'order:A2', number: 'k1' }])
})

test('what somebody edited by hand stays, and is told as a conflict', async () => {
  const ctx = await house()
  await anImport(ctx, march)
  await sql`update orders set status = 'void', version = version + 1 where number = 'A1'`.execute(ctx.db)
  await sql`update products set name = 'Longjing', version = version + 1 where code = 'T1'`.execute(ctx.db)

  const same = await anImport(ctx, march, { goal: 'compared' })
  const other = await anImport(ctx, `${header}A1,2026-02-06 10:00,k1,T1,Fine tea,9,12.50\n`)

  expect(same.comparison!.orders.same).toBe(2)
  expect((await ordersOf(ctx))[0]).toMatchObject({ status: 'void', amount: 3300 })
  const { rows } = await sql`select name from products where code = 'T1'`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'Longjing' }])
  expect(other.state).toBe('applied')
})

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

test('a refund on a row becomes a cancellation of the order', async () => {
  const ctx = await house()

  await anImport(
    ctx,
    'Order,Date,Customer,Code,Item,Qty,Price,Refund,Status\nA1,2026-02-03,k1,T1,Tea,2,10,4.5,paid\nA2,2026-02-03,k1,T1,Tea,2,10,0,closed\n',
  )

  expect(await ordersOf(ctx)).toMatchObject([
    { number: 'A1', amount: 2000, status: 'completed' },
    { number: 'A1-R', amount: -450, kind: 'cancellation' },
    { number: 'A2', amount: 2000, status: 'void' },
  ])
  const { rows } = await sql`select sale.number from orders back join orders sale on sale.id = back.cancels_id`.execute(
    ctx.db,
  )
  expect(rows).toEqual([{ number: 'A1' }])
})

test('a row that names the sale it gives back is a cancellation of that sale', async () => {
  const ctx = await house()

  await anImport(
    ctx,
    'Order,Date,Customer,Code,Item,Qty,Price,Original\nA1,2026-02-03,k1,T1,Tea,2,10,\nB7,2026-02-05,k1,T1,Tea,-1,10,A1\n',
    { preset: { columns: { ...flat.columns, 'order.cancels': ['Original'] } } },
  )

  expect(await ordersOf(ctx)).toMatchObject([
    { number: 'A1', amount: 2000, kind: 'sale' },
    { number: 'B7', amount: -1000, kind: 'cancellation' },
  ])
  const { rows } = await sql`select sale.number from orders back join orders sale on sale.id = back.cancels_id`.execute(
    ctx.db,
  )
  expect(rows).toEqual([{ number: 'A1' }])
})

test('a word for the state that nobody explained is not taken as sold', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    'Order,Date,Customer,Code,Item,Qty,Price,Status\nA1,2026-02-03,k1,T1,Tea,2,10,frozen\n',
  )

  expect(await problemsOf(ctx, one.id)).toEqual([[2, 'exchange.unknown_status', 'Status', 'frozen']])
})

test('a file of customers alone: the newest values, phones as identifiers, masked ones left out', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    'Customer,Name,Phone,City\nk1,张伟,13800138000,杭州\nk2,李**,138****8001,\n,,,\nk1,张伟,13800138000,上海\n',
    {
      preset: {
        columns: {
          'customer.id': ['Customer'],
          'customer.name': ['Name'],
          'customer.phone': ['Phone'],
          'customer.city': ['City'],
        },
      },
    },
  )

  expect(one.summary).toMatchObject({ customers: 2, orders: 0, lines: 0 })
  const { rows } = await sql`select number, name, phone, city from customers order by number`.execute(ctx.db)
  expect(rows).toEqual([
    { number: 'k1', name: '张伟', phone: '+8613800138000', city: '上海' },
    { number: 'k2', name: null, phone: null, city: null },
  ])
})

test('a file of products alone; a row without a code is nothing to know it by', async () => {
  const ctx = await house()

  const one = await anImport(
    ctx,
    'Code,Item,Category,Price,Cost,Stock\nT1,龙井,绿茶,¥128.00,60,12.5\n,普洱,红茶,1,1,1\n',
    {
      preset: {
        columns: {
          'line.code': ['Code'],
          'line.name': ['Item'],
          'product.category': ['Category'],
          'product.price': ['Price'],
          'product.cost': ['Cost'],
          'product.stock': ['Stock'],
        },
      },
    },
  )

  const { rows } = await sql`select code, name, category, price, cost, stock::text from products`.execute(ctx.db)
  expect(rows).toEqual([{ code: 'T1', name: '龙井', category: '绿茶', price: 12800, cost: 6000, stock: '12.500' }])
  expect((await problemsOf(ctx, one.id)).map(([row, reason]) => [row, reason])).toEqual([[3, 'exchange.nobody']])
})

test('a product is called what most lines call it, and costs what it was last sold for', async () => {
  const ctx = await house()

  await anImport(
    ctx,
    `${header}A1,2026-02-03,k1,T1,Tea,1,5\nA2,2026-02-04,k1,T1,damages,-1,0\nA3,2026-02-05,k1,T1,Tea,1,6\nA4,2026-02-06,k1,T1,?,1,0\nCA3,2026-02-07,k1,T1,Tea,-1,99\n`,
  )

  const { rows } = await sql`select name, price from products`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'Tea', price: 600 }])
})

test('an older file does not bring back an older name or price', async () => {
  const ctx = await house()
  await anImport(ctx, `${header}A2,2026-02-20,k1,T1,Fine tea,1,6\n`)

  await anImport(ctx, `${header}A1,2026-01-10,k1,T1,Tea,1,5\n`)

  const { rows } = await sql`select name, price, version from products`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'Fine tea', price: 600, version: 1 }])
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

test('somebody who adds the same product at the same moment does not stop an import', async () => {
  const ctx = await house()
  // As if the other's insert came after the import had judged the product to be new: it fails once.
  await sql
    .raw(`
    create sequence tries;
    create function clash() returns trigger language plpgsql as $$
      begin if nextval('tries') = 1 then raise exception 'duplicate' using errcode = '23505'; end if; return new; end $$;
    create trigger clash before insert on products execute function clash()`)
    .execute(ctx.db)

  const one = await anImport(ctx, march)

  expect(one.state).toBe('applied')
  expect(await rowsOf(ctx, 'products')).toBe(3)
})
