import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { settleUntold } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'

const tables = [
  'customers',
  'profiles',
  'profile_customers',
  'profile_values',
  'profile_value_changes',
  'identifiers',
  'orders',
  'order_lines',
  'order_steps',
  'order_ways',
  'facts',
]

/** What names what: checked all at once after a bulk telling, as the keys would have checked row by row. */
const keys: readonly [table: string, column: string, names: string][] = [
  ['profiles', 'source_id', 'sources'],
  ['profile_customers', 'profile_id', 'profiles'],
  ['profile_customers', 'customer_id', 'customers'],
  ['profile_values', 'profile_id', 'profiles'],
  ['profile_value_changes', 'profile_id', 'profiles'],
  ['identifiers', 'profile_id', 'profiles'],
  ['orders', 'profile_id', 'profiles'],
  ['orders', 'source_id', 'sources'],
  ['orders', 'shop_id', 'shops'],
  ['orders', 'cancels_id', 'orders'],
  ['order_lines', 'order_id', 'orders'],
  ['order_lines', 'product_id', 'products'],
  ['order_steps', 'order_id', 'orders'],
  ['order_ways', 'order_id', 'orders'],
  ['order_ways', 'profile_id', 'profiles'],
]

/**
 * What the records do by themselves at these tables, and what is done here instead: checks are made up for by `checkKey`, `shopsKnow`
 * tells again which shops know whom. A trigger that is not listed here is left on, with all the others: slower, and never wrong.
 */
const triggers = [
  ...['line_keys_of_new', 'line_keys_of_changed', 'lines_go_with_order'],
  ...['orders_came', 'orders_went', 'order_moved', 'profiles_mapped', 'profiles_unmapped', 'profile_moved'],
  ...[
    'identifiers_named',
    'values_named',
    'changes_named',
    'map_named',
    'map_named_again',
    'source_named',
    'source_named_again',
  ],
  ...['identifiers_stay', 'values_stay', 'changes_stay', 'map_stays', 'profiles_went', 'customers_went'],
  // Nothing is taken back here.
  ...['profiles_gone', 'profiles_renamed', 'map_taken_back', 'identifiers_gone', 'identifiers_shared'],
  // Of the shop's own fields alone, which the demo has none of.
  ...['own_value_said', 'own_value_unsaid'],
]

type Index = { name: string; definition: string }

/**
 * Writes into a house that nobody uses yet, without the indexes of what is written and without checking keys row by row: both are
 * made up for at the end, set-wise. What was taken away is noted in the same transaction, so that after a kill the next run puts it
 * back.
 * @param work writes, on this connection
 * @throws Error where a key names what is not there: a bug of the writer
 */
export async function inBulk(
  ctx: Context,
  work: (held: { client: PoolClient; ctx: Context }) => Promise<void>,
  onStep: (step: 'ways' | 'indexes' | 'keys' | 'statistics', done: number, of: number) => void,
): Promise<void> {
  await withConnection(ctx.db, async (client, db) => {
    const held = { client, ctx: { ...ctx, db } }
    await client.query('set statement_timeout = 0')
    await client.query('set idle_in_transaction_session_timeout = 0')
    await client.query("set maintenance_work_mem = '512MB'")
    // What a kill loses is told again. Only a superuser may leave keys unchecked; anybody else has them checked as always.
    await client.query('set synchronous_commit = off')
    if (await knowsTriggers(held.ctx)) {
      await client.query('set session_replication_role = replica').catch(() => undefined)
    }
    await dropIndexes(held.ctx)
    await work(held)
    // Anew: steps may have come since an earlier run, which a kill ended, said how far its orders were.
    await client.query('truncate order_ways')
    await settleUntold(held.ctx, (done, of) => onStep('ways', done, of))
    await client.query('set session_replication_role = origin').catch(() => undefined)
    await restoreIndexes(held.ctx, (done, of) => onStep('indexes', done, of))
    await shopsKnow(held.ctx)
    for (const [at, key] of keys.entries()) {
      onStep('keys', at, keys.length)
      await checkKey(held.ctx, key)
    }
    onStep('statistics', 0, 1)
    await client.query(`vacuum (analyze) ${tables.join(', ')}`)
    for (const setting of [
      'statement_timeout',
      'idle_in_transaction_session_timeout',
      'maintenance_work_mem',
      'synchronous_commit',
    ])
      await client.query(`reset ${setting}`)
  })
}

async function dropIndexes(ctx: Context): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    const { rows } = await sql<Index>`
      select indexname as name, replace(indexdef, ' ON ONLY ', ' ON ') as definition from pg_indexes
       where schemaname = 'public' and tablename = any(${tables}) and indexname not in (select conname from pg_constraint)
       order by tablename, indexname`.execute(db)
    await sql`
      update demo_shop set indexes = coalesce(indexes, '[]') || ${JSON.stringify(rows)}::jsonb`.execute(db)
    for (const { name } of rows) await sql`drop index ${sql.table(name)}`.execute(db)
  })
}

async function restoreIndexes(ctx: Context, onStep: (done: number, of: number) => void): Promise<void> {
  const { rows } = await sql<{ indexes: Index[] | null }>`select indexes from demo_shop`.execute(ctx.db)
  const { rows: there } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = 'public'`.execute(ctx.db)
  const known = new Set(there.map(({ name }) => name))
  const missing = (rows[0]?.indexes ?? []).filter(({ name }) => !known.has(name))
  for (const [at, { definition }] of missing.entries()) {
    onStep(at, missing.length)
    await sql.raw(definition).execute(ctx.db)
  }
  await sql`update demo_shop set indexes = null`.execute(ctx.db)
}

async function knowsTriggers(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`
    select tgname as name from pg_trigger
     where not tgisinternal and tgrelid = any(${tables}::regclass[]) and tgname <> all(${triggers})`.execute(ctx.db)
  return rows.length === 0
}

/** Which shops know a customer: those where a profile of it has an order, or of whose source one comes. */
async function shopsKnow(ctx: Context): Promise<void> {
  await sql`
    insert into customer_shops (customer_id, shop_id)
    select map.customer_id, o.shop_id from orders o join profile_customers map on map.profile_id = o.profile_id
    union
    select map.customer_id, s.shop_id
      from profile_customers map join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
     where s.shop_id is not null
        on conflict (customer_id, shop_id) do nothing`.execute(ctx.db)
}

async function checkKey(ctx: Context, [table, column, names]: (typeof keys)[number]): Promise<void> {
  const { rows } = await sql<{ absent: number | null }>`
    select min(t.${sql.ref(column)}) as absent from ${sql.table(table)} t
      left join ${sql.table(names)} n on n.id = t.${sql.ref(column)}
     where t.${sql.ref(column)} is not null and n.id is null`.execute(ctx.db)
  if (rows[0]?.absent) throw new Error(`${table}.${column} names ${rows[0].absent}, which is not in ${names}`)
}
