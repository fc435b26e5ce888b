import { writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { aFile, anImport, flat, runTo } from './an-import.ts'
import { importOf, stagingOf } from './import.ts'
import { importFile } from './import-file.ts'
import { look, register } from './register.ts'
import { run } from './run.ts'
import { start } from './start.ts'
import { cancelImport, startUndo } from './steer.ts'

const house = useHouse()
// Thousands of orders, several times over, on a machine that may have other work.
vi.setConfig({ testTimeout: 120_000 })

/** A file of so many orders with two lines each. */
function manyOrders(count: number): string {
  const lines = ['Order,Date,Customer,Code,Item,Qty,Price']
  for (let n = 1; n <= count; n += 1) {
    lines.push(`N${n},2026-01-${String(1 + (n % 28)).padStart(2, '0')} 10:00,k${n % 500},T${n % 90},Tea ${n % 90},1,10`)
    lines.push(`N${n},2026-01-${String(1 + (n % 28)).padStart(2, '0')} 10:00,k${n % 500},T${n % 70},Tea ${n % 70},2,5`)
  }
  return `${lines.join('\n')}\n`
}

async function totals(ctx: Context) {
  const { rows } = await sql`
    select (select count(*) from orders) as orders, (select sum(amount)::bigint from orders) as amount,
           (select count(*) from order_lines) as lines, (select count(*) from customers) as customers,
           (select count(*) from products) as products, (select count(*) from facts where kind like 'orders.%') as facts,
           (select max(version) from orders) as version`.execute(ctx.db)
  return rows[0]
}

/** Small portions, so that there is a middle to be stopped in. */
const small = { rows: 4_000, orders: 500, lines: 1_000 }

const whole = {
  orders: 6_000,
  amount: 12_000_000,
  lines: 12_000,
  customers: 500,
  products: 90,
  facts: 6_000,
  version: 1,
}

test('a cancelled import keeps what is applied, and goes on from there', async () => {
  const ctx = await house()
  const path = await aFile(manyOrders(6_000))
  const id = await register(ctx, { fileName: 'a', path, uploaded: false, shape: await look(path, 'a'), preset: flat })
  await start(ctx, id, 'applied')
  const watch = setInterval(async () => {
    const { rows } = await sql<{ some: boolean }>`select exists (select 1 from orders) as some`.execute(ctx.db)
    if (rows[0]?.some) await cancelImport(ctx, id)
  }, 20)
  await run(ctx, id, new AbortController().signal, small)
  clearInterval(watch)
  const { rows } = await sql<{
    state: string
    applies: boolean
  }>`select state, applies from imports where id = ${id}`.execute(ctx.db)
  // On a fast machine it may end before the cancel is seen: then there is nothing to go on with.
  expect(['cancelled', 'applied']).toContain(rows[0]!.state)
  expect(rows[0]!.applies).toBe(true)

  if (rows[0]!.state === 'cancelled') await runTo(ctx, id, 'applied')

  expect(await totals(ctx)).toEqual(whole)
})

test('when Postgres has crashed and emptied the staging tables, the file is read anew and nothing is applied twice', async () => {
  const ctx = await house()
  const path = await aFile(manyOrders(6_000))
  const id = await register(ctx, { fileName: 'a', path, uploaded: false, shape: await look(path, 'a'), preset: flat })
  const stop = new AbortController()
  await start(ctx, id, 'applied')
  const watch = setInterval(async () => {
    const { rows } = await sql<{ some: boolean }>`select exists (select 1 from orders) as some`.execute(ctx.db)
    if (rows[0]?.some) stop.abort()
  }, 20)
  await run(ctx, id, stop.signal, small)
  clearInterval(watch)
  expect(await importOf(ctx, id)).toMatchObject({ state: 'running', phase: 'orders' })
  const tables = stagingOf(id)
  await sql`truncate ${tables.lines}, ${tables.heads}, ${tables.orders}, import_marks`.execute(ctx.db)

  await run(ctx, id, new AbortController().signal)

  expect(await totals(ctx)).toEqual(whole)
})

test('two imports at once of overlapping files come out as one after the other', async () => {
  const ctx = await house()
  const all = manyOrders(6_000).trim().split('\n')
  const [head, ...rows] = all

  const [one, two] = await Promise.all([
    anImport(ctx, [head, ...rows.slice(0, 8_000)].join('\n')),
    anImport(ctx, [head, ...rows.slice(4_000)].join('\n')),
  ])

  expect([one!.state, two!.state]).toEqual(['applied', 'applied'])
  expect(await totals(ctx)).toEqual(whole)
})

test('what gives back a sale knows it, whoever brings it back and wherever it stands in the file', async () => {
  const ctx = await house()
  const rows = Array.from({ length: 60 }, (_, n) => [
    `B${n},2026-01-06,${n % 2 ? `k${n}` : ''},T1,Tea,-1,10,S${n}`,
    `S${n},2026-01-05,k${n},T1,Tea,1,10,`,
  ])
  const path = await aFile(['Order,Date,Customer,Code,Item,Qty,Price,Original', ...rows.flat()].join('\n'))
  const preset = { ...flat, columns: { ...flat.columns, 'order.cancels': ['Original'] } }
  const id = await register(ctx, { fileName: 'a', path, uploaded: false, shape: await look(path, 'a'), preset })
  await start(ctx, id, 'applied')

  await run(ctx, id, new AbortController().signal, { rows: 1_000, orders: 7, lines: 1_000 })

  const told = await sql`
    select count(*) filter (where sale.number = 'S' || substr(back.number, 2)) as known, count(*) as all
      from orders back left join orders sale on sale.id = back.cancels_id where back.kind = 'cancellation'`.execute(
    ctx.db,
  )
  expect(told.rows).toEqual([{ known: 60, all: 60 }])
})

test('where one order cannot be written the import stops; once it can, it goes on and all is there once', async () => {
  const ctx = await house()
  const path = await aFile(manyOrders(6_000))
  const id = await register(ctx, { fileName: 'a', path, uploaded: false, shape: await look(path, 'a'), preset: flat })
  await sql
    .raw(`
    create function ends_at_n() returns trigger language plpgsql as $$
      begin raise exception 'no room' using errcode = '53100'; end $$;
    create trigger ends_at_n before insert on orders for each row when (new.number = 'N2450') execute function ends_at_n()`)
    .execute(ctx.db)
  await start(ctx, id, 'applied')
  await run(ctx, id, new AbortController().signal, small)
  expect((await importOf(ctx, id)).state).toBe('failed')
  await sql.raw('drop trigger ends_at_n on orders').execute(ctx.db)

  await runTo(ctx, id, 'applied')

  expect(await totals(ctx)).toEqual(whole)
})

test('a full disk stops the import with nothing half done; with room again it goes on', async () => {
  const ctx = await house()
  const path = await aFile(manyOrders(2_000))
  const id = await register(ctx, {
    fileName: 'a.csv',
    path,
    uploaded: false,
    shape: await look(path, 'a'),
    preset: flat,
  })
  // What Postgres says when a table can grow no more.
  await sql
    .raw(`
    create function full_disk() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger full_disk before insert on order_lines execute function full_disk()`)
    .execute(ctx.db)

  const failed = await runTo(ctx, id, 'applied')

  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'exchange.disk_full', params: { file: 'a.csv' } } })
  expect((await sql`select 1 from orders`.execute(ctx.db)).rows).toEqual([])
  await sql`drop trigger full_disk on order_lines`.execute(ctx.db)
  expect((await runTo(ctx, id, 'applied')).state).toBe('applied')
  expect(await totals(ctx)).toMatchObject({ orders: 2_000, lines: 4_000, version: 1 })
})

test('an undo that is cut off goes on where it was', async () => {
  const ctx = await house()
  const one = await anImport(ctx, manyOrders(6_000))
  await startUndo(ctx, one.id)
  const stop = new AbortController()
  const watch = setInterval(async () => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from orders`.execute(ctx.db)
    if (rows[0]!.count < 6_000) stop.abort()
  }, 20)
  await run(ctx, one.id, stop.signal)
  clearInterval(watch)

  await run(ctx, one.id, new AbortController().signal)

  expect(await totals(ctx)).toMatchObject({ orders: 0, lines: 0, customers: 0, products: 0, facts: 0 })
})

test('the command line founds the merchant of the preset, tells the totals, and goes on with the same file', async () => {
  const ctx = await house()
  await sql`delete from shops`.execute(ctx.db)
  await sql`delete from merchant`.execute(ctx.db)
  const path = await aFile(
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
      '536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n' +
      'C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom\n' +
      'A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom\n' +
      '536544,PADS,PADS,1,2010-12-01 14:32:00,0.001,,EIRE\n',
  )
  const phases: (string | null)[] = []

  const { summary } = await importFile(ctx, {
    path,
    preset: 'online-retail',
    onProgress: ({ phase }) => phases.push(phase),
  })
  const { summary: again } = await importFile(ctx, { path, preset: 'online-retail' })

  expect(summary).toEqual({
    lines: 4,
    orders: 4,
    cancellations: 1,
    adjustments: 1,
    customers: 2,
    anonymousLines: 2,
    products: 4,
    countries: 2,
    revenue: 11049.86,
  })
  expect(again).toEqual(summary)
  const { rows } = await sql`select name, zone, currency::text from merchant`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'Online Retail', zone: 'Europe/London', currency: 'GBP' }])
  const lines = await sql`select unit_price::text, amount from order_lines where amount = 0`.execute(ctx.db)
  expect(lines.rows).toEqual([{ unitPrice: '0.001000', amount: 0 }])
  await writeFile(path, '')
})
