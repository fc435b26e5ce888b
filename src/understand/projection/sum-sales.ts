import { across } from './bury.ts'
import { type LeftOut, leftOutNow, writeLeftOut } from './left-out.ts'
import type { Run } from './run.ts'

/**
 * Sums the days of those buckets of orders that changed since a version. A bucket is a million ids of orders, and a partition
 * of the table. New orders fall into the last, so this reads little however old the shop is. A day that a bucket lost is
 * written as zeros. What staff and tests bought is left out; the buckets of whom that changes are summed too.
 */
export async function sumSales(run: Run, since: string, version: string): Promise<void> {
  const leftOut = await leftOutNow(run)
  await sumBuckets(run, since, version, leftOut)
  // After the sums, so that a crash in between sums them again.
  await writeLeftOut(run, version, leftOut)
}

async function sumBuckets({ ctx, suffix }: Run, since: string, version: string, leftOut: LeftOut): Promise<void> {
  const moved = [...leftOut.came, ...leftOut.went]
  const changed = await ctx.columns.query({
    query: `SELECT DISTINCT toString(intDiv(id, 1000000)) AS bucket FROM orders${suffix}
             WHERE version >= {since:UInt64}${moved.length > 0 ? ' OR profile_id IN {moved:Array(UInt64)}' : ''}`,
    query_params: { since, moved },
    format: 'JSONEachRow',
  })
  const buckets = (await changed.json<{ bucket: string }>()).map(({ bucket }) => bucket)
  if (buckets.length === 0) return
  await ctx.columns.command({
    query: `
INSERT INTO sales${suffix} (bucket, shop_id, day, version, revenue, purchases, documents)
SELECT bucket, shop_id, day, {version:UInt64}, sum(amount), sum(purchase), sum(document) FROM (
  SELECT intDiv(id, 1000000) AS bucket, shop_id, day, amount, toUInt32(kind = 'sale') AS purchase, toUInt32(1) AS document
    FROM orders${suffix} FINAL
   WHERE _partition_id IN {buckets:Array(String)} AND status <> 'void' AND profile_id NOT IN {leftOut:Array(UInt64)}
  UNION ALL
  SELECT bucket, shop_id, day, 0, 0, 0 FROM sales${suffix} FINAL WHERE has({buckets:Array(String)}, toString(bucket))
) GROUP BY bucket, shop_id, day`,
    query_params: { buckets, version, leftOut: leftOut.all },
    clickhouse_settings: across,
  })
}
