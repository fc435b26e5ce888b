import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { anImport, flat, runTo } from './an-import.ts'
import { header, march, ordersOf, rowsOf } from './imported.ts'

// What an import makes of orders: new, changed, the same, in conflict, claimed, given back.

const house = useHouse()

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
