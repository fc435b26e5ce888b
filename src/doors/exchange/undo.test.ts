import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { anImport, runTo } from './an-import.ts'
import { type Import, importOf } from './import.ts'
import { listLeftovers } from './problems.ts'
import { run } from './run.ts'
import { removeImport, startUndo } from './steer.ts'

const house = useHouse()

const header = 'Order,Date,Customer,Code,Item,Qty,Price\n'
const first = `${header}A1,2026-02-03,k1,T1,Green tea,2,10\nA2,2026-02-04,,T2,Black tea,1,20\nA3,2026-02-04,k2,T3,Oolong,1,30\n`
const second = `${header}A3,2026-02-04,k2,T3,Oolong,1,30\nA4,2026-02-05,k2,T1,Green tea,1,10\n`

async function undone(ctx: Context, one: Import): Promise<Import> {
  await startUndo(ctx, one.id)
  await run(ctx, one.id, new AbortController().signal)
  return importOf(ctx, one.id)
}

async function known(ctx: Context) {
  const { rows } = await sql<{ kind: string; key: string }>`
    select 'order' as kind, number as key from orders union all select 'product', code from products
    union all select 'profile', external_id from profiles union all select 'customer', number from customers
     order by 1, 2`.execute(ctx.db)
  return rows.map((row) => `${row.kind} ${row.key}`)
}

async function left(ctx: Context, id: number) {
  const { items } = await listLeftovers(ctx, { id, limit: 100 })
  return items.map((one) => [one.entity, one.key, one.reason]).sort()
}

test('an import that stands alone is taken back without a trace, and the columns hear of it', async () => {
  const ctx = await house()
  const one = await anImport(ctx, first)

  const after = await undone(ctx, one)

  expect(after).toMatchObject({ state: 'undone', applies: false })
  expect(await known(ctx)).toEqual([])
  expect(await left(ctx, one.id)).toEqual([])
  const { rows } = await sql`select entity, count(*) as count from tombstones group by entity order by entity`.execute(
    ctx.db,
  )
  expect(rows).toEqual([
    { entity: 'customers', count: 2 },
    { entity: 'orders', count: 3 },
    { entity: 'products', count: 3 },
    { entity: 'profile_customers', count: 2 },
    { entity: 'profiles', count: 3 },
  ])
  const facts = await sql`select 1 from facts where profile_id is not null`.execute(ctx.db)
  expect(facts.rows).toEqual([])
})

test('what another import tells of too stays, and goes with that one', async () => {
  const ctx = await house()
  const one = await anImport(ctx, first)
  const two = await anImport(ctx, second)

  await undone(ctx, one)

  expect(await known(ctx)).toEqual(['customer k2', 'order A3', 'order A4', 'product T1', 'product T3', 'profile k2'])
  expect(await left(ctx, one.id)).toEqual([
    ['orders', 'A3', 'exchange.told_elsewhere'],
    ['products', 'T1', 'exchange.told_elsewhere'],
    ['products', 'T3', 'exchange.told_elsewhere'],
    ['profiles', 'k2', 'exchange.told_elsewhere'],
  ])

  await undone(ctx, two)

  expect(await known(ctx)).toEqual([])
})

test('undoing the later import leaves what the earlier one told', async () => {
  const ctx = await house()
  await anImport(ctx, first)
  const two = await anImport(ctx, `${second}A1,2026-02-03,k1,T1,Green tea,5,10\n`)

  await undone(ctx, two)

  expect((await known(ctx)).filter((one) => one.startsWith('order'))).toEqual(['order A1', 'order A2', 'order A3'])
  expect((await left(ctx, two.id)).filter(([entity]) => entity === 'orders')).toEqual([
    ['orders', 'A1', 'exchange.changed_stays'],
    ['orders', 'A3', 'exchange.told_elsewhere'],
  ])
})

test('what staff touched since stays, with the reason', async () => {
  const ctx = await house()
  const one = await anImport(ctx, first)
  await sql`update orders set status = 'void', version = version + 1 where number = 'A1'`.execute(ctx.db)
  await sql`update products set name = 'Fine', version = version + 1 where code = 'T3'`.execute(ctx.db)
  await sql`
    with made as (insert into profiles (source_id, external_id) select id, 'customer:x' from sources where code = 'staff' returning id)
    insert into profile_customers (profile_id, customer_id)
    select made.id, map.customer_id from made, profiles p join profile_customers map on map.profile_id = p.id
     where p.external_id = 'k2'`.execute(ctx.db)

  await undone(ctx, one)

  expect(await left(ctx, one.id)).toEqual([
    ['orders', 'A1', 'exchange.edited_since'],
    ['products', 'T1', 'exchange.in_use'],
    ['products', 'T3', 'exchange.edited_since'],
    ['profiles', 'k1', 'exchange.has_orders'],
    ['profiles', 'k2', 'exchange.staff_said'],
  ])
})

test('an undone import can be applied again, and forgotten once it is undone', async () => {
  const ctx = await house()
  const one = await anImport(ctx, first)
  const before = await known(ctx)

  await undone(ctx, one)
  await runTo(ctx, one.id, 'applied')

  expect(await known(ctx)).toEqual(before)
  await expect(removeImport(ctx, one.id)).rejects.toMatchObject({ code: 'exchange.still_applies' })
  await undone(ctx, one)
  await removeImport(ctx, one.id)
  await expect(importOf(ctx, one.id)).rejects.toMatchObject({ code: 'exchange.unknown' })
})
