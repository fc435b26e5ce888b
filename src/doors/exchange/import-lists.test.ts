import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { header, problemsOf } from './imported.ts'

// What files tell of customers and products.

const house = useHouse()

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
