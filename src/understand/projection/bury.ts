import type { Run } from './run.ts'

/** Keys of the tables whose rows can be deleted from the records, and what a buried row keeps beside them. */
const graves = [
  { entity: 'customers', table: 'customers', id: 'id', keep: [] },
  { entity: 'profile_customers', table: 'profile_customers', id: 'profile_id', keep: ['customer_id'] },
  { entity: 'profiles', table: 'profile_customers', id: 'profile_id', keep: ['customer_id'] },
  { entity: 'products', table: 'products', id: 'id', keep: [] },
  { entity: 'orders', table: 'order_lines', id: 'order_id', keep: ['profile_id', 'line'] },
  { entity: 'orders', table: 'orders', id: 'id', keep: ['profile_id', 'day'] },
  { entity: 'orders', table: 'order_ways', id: 'order_id', keep: ['profile_id'] },
  { entity: 'reviews', table: 'reviews', id: 'id', keep: ['profile_id'] },
  { entity: 'profiles', table: 'reviews', id: 'profile_id', keep: ['id'] },
] as const

/**
 * Buries what was deleted from the records since a version: a row under the same key that is marked deleted. Written after
 * all rows up to the horizon are copied; repeated it changes nothing.
 */
export async function buryDeleted({ ctx, suffix }: Run, since: string): Promise<void> {
  for (const { entity, table, id, keep } of graves) {
    const name = `${table}${suffix}`
    await ctx.columns.command({
      query: `
INSERT INTO ${name} (${[id, ...keep].join(', ')}, version, is_deleted)
SELECT ${[id, ...keep].map((column) => `r.${column}`).join(', ')}, t.version, 1
  FROM ${name} AS r FINAL
  JOIN (SELECT row_id, version FROM tombstones${suffix} FINAL WHERE entity = {entity:String} AND version >= {since:UInt64}) AS t
    ON t.row_id = r.${id}
 WHERE r.${id} IN (SELECT row_id FROM tombstones${suffix} WHERE entity = {entity:String} AND version >= {since:UInt64})
   AND r.version < t.version`,
      query_params: { entity, since },
      clickhouse_settings: across,
    })
  }
}

/** Buries lines that a changed order no longer has: they did not come again with its new version. */
export async function buryLines({ ctx, suffix }: Run, since: string): Promise<void> {
  await ctx.columns.command({
    query: `
INSERT INTO order_lines${suffix} (profile_id, order_id, line, version, is_deleted)
SELECT l.profile_id, l.order_id, l.line, o.version, 1
  FROM order_lines${suffix} AS l FINAL
  JOIN (SELECT profile_id, id, version FROM orders${suffix} FINAL WHERE version >= {since:UInt64} AND row_version > 1) AS o
    ON o.profile_id = l.profile_id AND o.id = l.order_id
 WHERE (l.profile_id, l.order_id) IN
       (SELECT profile_id, id FROM orders${suffix} WHERE version >= {since:UInt64} AND row_version > 1)
   AND l.version < o.version`,
    query_params: { since },
    clickhouse_settings: across,
  })
}

/** For statements that read and write: over a cluster's shards, into all partitions, and done when answered. */
export const across = {
  distributed_product_mode: 'global',
  distributed_foreground_insert: 1,
  max_partitions_per_insert_block: '0',
} as const
