import type { Context } from '#platform/context.ts'
import { ask } from './made.ts'

/** Whose profile it is, as made.ts makes them. */
const whose = (customers: number) => `if(profile_id > ${customers}, toUInt64(profile_id - ${customers}), profile_id)`

/** Of one table of the peers: its columns, what fills it, in which pieces, and the indexes that rows need. */
type Table = { table: string; columns: string; from: string; pieces?: string; select: string; indexes: string[] }

/** One customer, its orders, their lines, what it did, each with the customer’s number: what every peer is given. */
export function tablesOf(customers: number): Table[] {
  const who = whose(customers)
  return [
    {
      table: 'bench_people',
      columns:
        'id bigint primary key, gender text, city text, province text, has_phone boolean, owner_id bigint, added date, first_purchase date, last_purchase date',
      from: 'traits FINAL',
      select: 'customer_id, gender, city, province, has_phone = 1, owner_id, added, first_purchase, last_purchase',
      indexes: ['(city, gender)', '(added)', '(last_purchase)'],
    },
    {
      table: 'bench_products',
      columns: 'id bigint primary key, category text',
      from: 'products FINAL',
      select: 'id, category',
      indexes: ['(category)'],
    },
    {
      table: 'bench_orders',
      columns: 'id bigint, customer_id bigint, sale boolean, day date, placed_at timestamptz, amount bigint',
      from: 'orders FINAL',
      pieces: 'id',
      select: `id, ${who}, kind = 'sale', day, placed_at, amount`,
      indexes: ['(customer_id, day)', '(day)'],
    },
    {
      table: 'bench_lines',
      columns: 'order_id bigint, customer_id bigint, product_id bigint, sale boolean, day date',
      from: 'order_lines FINAL',
      pieces: 'order_id',
      select: `order_id, ${who}, product_id, sale = 1, day`,
      indexes: ['(product_id, day)', '(customer_id, product_id)'],
    },
    {
      table: 'bench_events',
      columns: 'customer_id bigint, product_id bigint, "at" timestamptz, day date, kind text',
      from: 'behaviour',
      pieces: '_partition_id',
      select: `${who}, product_ids[1], at, toDate(at, 'Asia/Shanghai'), kind`,
      indexes: [
        '(kind, day) include (customer_id, product_id, at)',
        '(customer_id, kind, at) include (day, product_id)',
      ],
    },
  ]
}

/** Void documents count nowhere, so that a peer need not read them. */
const counts: Record<string, string> = { 'orders FINAL': "status <> 'void'", 'order_lines FINAL': 'counts = 1' }

/** Conditions that part a table into pieces of some million rows, or one that takes it whole. */
export async function piecesOf(ctx: Context, from: string, by?: string): Promise<string[]> {
  const always = counts[from]
  if (!by) return [always ? ` WHERE ${always}` : '']
  const found = await ask<{ piece: string }>(
    ctx,
    `SELECT DISTINCT toString(${by === '_partition_id' ? by : `intDiv(${by}, 1000000)`}) AS piece FROM ${from} ORDER BY piece`,
  )
  return found.map(({ piece }) => {
    const here = by === '_partition_id' ? `_partition_id = '${piece}'` : `intDiv(${by}, 1000000) = ${piece}`
    return ` WHERE ${always ? `${always} AND ` : ''}${here}`
  })
}
