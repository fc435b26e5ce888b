import { randomUUID } from 'node:crypto'
import { buryDeleted, buryLines } from './bury.ts'
import { versionOf } from './position.ts'
import { rewriteTraits } from './rewrite-traits.ts'
import type { Run } from './run.ts'
import { sumSales } from './sum-sales.ts'
import { touchCustomers } from './touch-customers.ts'

/**
 * Computes again what follows from rows copied since a transaction id, after all tables have been copied up to the run's
 * horizon. Each step writes whole rows under fixed keys, so after a crash the steps are simply done again.
 * @returns how many customers' traits were written
 */
export async function compute(run: Run, sinceXid: string): Promise<number> {
  const since = sinceXid === '0' ? '0' : versionOf(run.epoch, sinceXid)
  const version = versionOf(run.epoch, run.horizon)
  const came = await cameSince(run, since)
  if (came.tombstones > 0) await buryDeleted(run, since)
  if (came.changedOrders > 0) await buryLines(run, since)
  if (came.orders + came.customers + came.mapped + came.tombstones === 0) return 0
  await sumSales(run, since, version)
  const runId = randomUUID()
  const customers = await touchCustomers(run, { since, runId, mapped: came.mapped + came.tombstones > 0 })
  if (customers > 0) await rewriteTraits(run, { since, version, runId, customers })
  return customers
}

type Came = { orders: number; changedOrders: number; customers: number; mapped: number; tombstones: number }

async function cameSince({ ctx, suffix }: Run, since: string): Promise<Came> {
  const counted = await ctx.columns.query({
    query: `
SELECT (SELECT count() FROM orders${suffix} WHERE version >= {since:UInt64}) AS orders,
       (SELECT count() FROM orders${suffix} WHERE version >= {since:UInt64} AND row_version > 1) AS changedOrders,
       (SELECT count() FROM customers${suffix} WHERE version >= {since:UInt64}) AS customers,
       (SELECT count() FROM profile_customers${suffix} WHERE version >= {since:UInt64}) AS mapped,
       (SELECT count() FROM tombstones${suffix} WHERE version >= {since:UInt64}) AS tombstones`,
    query_params: { since },
    format: 'JSONEachRow',
  })
  return (await counted.json<Came>())[0]!
}
