import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { mergeCustomers } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { run } from './run.ts'
import { startUndo } from './steer.ts'

const house = useHouse()

const header = 'Order,Date,Customer,Code,Item,Qty,Price,Phone,Mail\n'
const columns = {
  'order.number': ['Order'],
  'order.placedAt': ['Date'],
  'line.code': ['Code'],
  'line.name': ['Item'],
  'line.quantity': ['Qty'],
  'line.unitPrice': ['Price'],
  'customer.id': ['Customer'],
  'customer.phone': ['Phone'],
  'customer.email': ['Mail'],
}
const from = (code: string) => ({ preset: { code, columns, source: { code, name: code } } })

async function people(ctx: Context) {
  const { rows } = await sql<{ who: string }>`
    select string_agg(p.external_id, ' ' order by p.id) as who from customers c
      join profile_customers map on map.customer_id = c.id join profiles p on p.id = map.profile_id
     where c.merged_into is null group by c.id order by c.id`.execute(ctx.db)
  return rows.map((row) => row.who)
}

test('the same person of two shops is one customer after both files; taking one back takes only what it told', async () => {
  const ctx = await house()
  const ana = await aCustomer(ctx, { name: 'Ana', phones: ['13800000001'] })

  await anImport(
    ctx,
    `${header}A1,2026-02-03,a,T1,Tea,1,10,138 0000 0001,\nA2,2026-02-03,b,T1,Tea,1,10,,b@mail.example\nA3,2026-02-03,c,T1,Tea,1,10,,\n`,
    from('web'),
  )
  const second = await anImport(
    ctx,
    `${header}B1,2026-02-04,x,T1,Tea,1,10,+86 13800000001,b@mail.example\nB2,2026-02-04,y,T1,Tea,1,10,13800000009,\nB3,2026-02-04,z,T1,Tea,1,10,13800000009,\n`,
    from('till'),
  )
  const one = await people(ctx)
  const { rows: shown } = await sql`select email, number from customers where id = ${ana.id}`.execute(ctx.db)
  await startUndo(ctx, second.id)
  await run(ctx, second.id, new AbortController().signal)

  expect(one.slice(1), 'a row that points to two ties them').toEqual(['c', 'y z'])
  expect(one[0]!.split(' ').sort()).toEqual(['a', 'b', `customer:${ana.id}`, 'x'])
  expect(shown).toEqual([{ email: 'b@mail.example', number: 'x' }])
  expect(await people(ctx)).toEqual([`customer:${ana.id} a`, 'b', 'c'])
})

test('whom staff said to be the same as another, stays when the import is taken back', async () => {
  const ctx = await house()
  const imported = await anImport(ctx, `${header}A1,2026-02-03,a,T1,Tea,1,10,,\n`, from('web'))
  const { rows } = await sql<{ id: number }>`select id from customers`.execute(ctx.db)
  const ana = await aCustomer(ctx, { name: 'Ana' })
  await mergeCustomers(ctx, { into: ana.id, from: [rows[0]!.id], evidence: 'staff' })

  await startUndo(ctx, imported.id)
  await run(ctx, imported.id, new AbortController().signal)

  const { rows: left } = await sql`select entity, stays from import_evidence order by 1`.execute(ctx.db)
  expect(left).toEqual([{ entity: 'profiles', stays: 'exchange.merged_since' }])
})
