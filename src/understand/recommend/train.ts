import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { isGoods } from '#know/catalog/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { compiled } from '#platform/clickhouse/cluster.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import { daysBetween } from '#platform/days.ts'
import { rowsOf, todayOf } from '#understand/query/index.ts'
import { beginModel, currentModel, dropOldModels, endModel } from './current-model.ts'
import { signalsSql } from './signals-sql.ts'
import { method } from './training/method.ts'
import type { Offered } from './training/model.ts'
import { columnsOf, type Rows } from './training/rows.ts'
import { trainBeside } from './training/train-beside.ts'

/** Products on each customer's list. */
const listLength = 12

/** Numbers of customers read at once. */
const rangeOf = 50_000

/**
 * Makes today's model where there is none yet, or one of nobody; asked every hour, so a shop has one soon after midnight, after its first
 * import and after a restore.
 */
export async function trainWhenDue(ctx: Context, signal?: AbortSignal): Promise<void> {
  const current = await currentModel(ctx)
  if (current && current.people > 0 && current.asOf === (await todayOf(ctx)) && current.method === method) return
  await train(ctx, signal)
}

/**
 * Learns what goes with what from all that customers did, and makes each one's list, in a thread beside this one. The model before holds
 * until all of this one is written; cut off anywhere, it stays.
 * @returns the number of the model
 */
export async function train(ctx: Context, signal?: AbortSignal): Promise<number> {
  const [{ zone }, asOf] = await Promise.all([merchantOf(ctx), todayOf(ctx)])
  const number = await beginModel(ctx, { asOf, method })
  try {
    const made = await trainBeside(
      {
        number,
        products: await offeredProducts(ctx),
        today: daysBetween('1970-01-01', asOf),
        most: listLength,
        refused: await allRefused(ctx),
      },
      {
        read: () => signalsOfAll(ctx, { asOf, zone }, signal),
        write: (rows) => writeRows(ctx, rows),
        signal,
      },
    )
    await forgetTheErased(ctx, number)
    await endModel(ctx, number, { state: 'done', ...made })
  } catch (error) {
    await endModel(ctx, number, { state: 'failed' })
    throw error
  } finally {
    await dropOldModels(ctx)
  }
  return number
}

async function* signalsOfAll(
  ctx: Context,
  seen: { asOf: string; zone: string },
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const [row] = await rowsOf<{ last: number }>(ctx, {
    sql: 'SELECT max(customer_id) AS last FROM profile_customers',
    params: {},
  })
  for (let from = 1; from <= (row?.last ?? 0); from += rangeOf) {
    signal?.throwIfAborted()
    const { sql: query, params } = signalsSql({ from, to: from + rangeOf }, seen)
    const answer = await ctx.columns.query({
      query,
      query_params: params,
      format: 'TabSeparated',
      clickhouse_settings: { distributed_product_mode: 'global' },
    })
    const text = await answer.text()
    if (text !== '') yield text
  }
}

async function offeredProducts(ctx: Context): Promise<Offered[]> {
  const { rows } = await sql<Omit<Offered, 'offered'> & { kind: string; archived: boolean }>`
    select id, kind, nullif(category, '') as category, brand_id, price, archived_at is not null as archived
      from products order by id`.execute(ctx.db)
  return rows.map(({ kind, archived, ...traits }) => ({ ...traits, offered: isGoods(kind) && !archived }))
}

async function allRefused(ctx: Context): Promise<[number, number[]][]> {
  const { rows } = await sql<{ customerId: number; productIds: number[] }>`
    select map.customer_id, array_agg(distinct r.product_id)::bigint[] as product_ids
      from product_refusals r join profile_customers map on map.profile_id = r.profile_id
     group by map.customer_id`.execute(ctx.db)
  return rows.map(({ customerId, productIds }) => [customerId, productIds])
}

async function writeRows(ctx: Context, { table, text }: Rows): Promise<void> {
  await ctx.columns.insert({
    table,
    columns: [...columnsOf[table]] as [string, ...string[]],
    values: Readable.from([text], { objectMode: false }),
    format: 'TabSeparated',
    clickhouse_settings: { distributed_foreground_insert: 1 },
  })
}

/** Who was erased while their list was being made has none: nothing of it may stay until tomorrow. */
async function forgetTheErased(ctx: Context, number: number): Promise<void> {
  const gone = await rowsOf<{ id: number }>(ctx, {
    sql: `SELECT DISTINCT customer_id AS id FROM next_products
           WHERE model = {model:UInt32} AND customer_id NOT IN (SELECT customer_id FROM profile_customers FINAL)`,
    params: { model: number },
  })
  if (gone.length === 0) return
  const table = 'next_products'
  const query = `ALTER TABLE ${table} DELETE WHERE model = {model:UInt32} AND customer_id IN {ids:Array(UInt64)}`
  for (const each of compiled({ sql: query, table }, await clusterOf(ctx.columns))) {
    await ctx.columns.command({
      query: each,
      query_params: { model: number, ids: gone.map(({ id }) => id) },
      clickhouse_settings: { mutations_sync: '2' },
    })
  }
}
