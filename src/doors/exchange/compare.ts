import { type RawBuilder, sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { fromMinor } from '#platform/money.ts'
import { arrivalsTold, countArrivals } from './arrivals.ts'
import { consentsTold } from './consents.ts'
import type { CompareSample, Comparison } from './contract.ts'
import { countConsents } from './count-consents.ts'
import { type Import, stagingOf } from './import.ts'
import { reviewsTold } from './reviews.ts'
import { stepsTold } from './steps.ts'
import { toldCustomers } from './told-customers.ts'
import { toldOrders } from './told-orders.ts'
import { toldProducts } from './told-products.ts'
import { toldReviews } from './told-reviews.ts'
import { toldSteps } from './told-steps.ts'

type Counts = Comparison['orders']
type Entity = CompareSample['entity']
type Field = CompareSample['fields'][number]
type Sampled = { key: string; row: number; state: CompareSample['state']; reason: string | null; fields: Field[] }

const mostSamples = 10

/**
 * The dry run: what applying would do, by the same queries that applying uses. It only reads, so it holds nobody up
 * however long it takes (250,000 orders: about 4 s).
 */
export async function compare(ctx: Context, one: Import): Promise<Comparison> {
  const { currency } = await merchantOf(ctx)
  const products = await countsOf(ctx, toldProducts(one), sql`1`)
  const customers = await countsOf(ctx, toldCustomers(one), sql`1`)
  const orders = await countsOf(ctx, toldOrders(one), sql`told.lines`)
  const { rows } = await sql<{ unusableRows: number; heldBackOrders: number }>`
    select (select count(*) from import_problems where import_id = ${one.id}) as unusable_rows,
           (select count(*) from ${stagingOf(one.id).orders} where problem is not null) as held_back_orders`.execute(
    ctx.db,
  )
  const samples = [
    ...(await samplesOf(ctx, 'products', productSamples(one), currency)),
    ...(await samplesOf(ctx, 'customers', customerSamples(one), currency)),
    ...(await samplesOf(ctx, 'orders', orderSamples(one), currency)),
  ]
  const comparison: Comparison = {
    products: products.rows,
    customers: customers.rows,
    orders: orders.rows,
    lines: orders.weights,
    ...(stepsTold(one) && { steps: (await countsOf(ctx, toldSteps(one), sql`1`)).rows }),
    ...(reviewsTold(one) && { reviews: (await countsOf(ctx, toldReviews(one), sql`1`)).rows }),
    ...(arrivalsTold(one) && { sources: await countArrivals(ctx, one) }),
    ...(consentsTold(one) && { consents: await countConsents(ctx, one) }),
    ...rows[0]!,
    samples,
  }
  await sql`update imports set comparison = ${JSON.stringify(comparison)}::jsonb where id = ${one.id}`.execute(ctx.db)
  return comparison
}

async function countsOf(
  ctx: Context,
  told: RawBuilder<unknown>,
  weight: RawBuilder<unknown>,
): Promise<{ rows: Counts; weights: Counts }> {
  const { rows } = await sql<{ state: keyof Counts | 'unusable'; count: number; weight: number }>`
    select state, count(*) as count, coalesce(sum(${weight}), 0)::bigint as weight from (${told}) as told group by state`.execute(
    ctx.db,
  )
  const none = (): Counts => ({ new: 0, changed: 0, same: 0, conflicting: 0 })
  const counts = { rows: none(), weights: none() }
  for (const { state, count, weight } of rows) {
    if (state === 'unusable') continue
    counts.rows[state] = count
    counts.weights[state] = weight
  }
  return counts
}

async function samplesOf(
  ctx: Context,
  entity: Entity,
  query: RawBuilder<Sampled>,
  currency: string,
): Promise<CompareSample[]> {
  const { rows } = await query.execute(ctx.db)
  return rows.map(({ reason, fields, ...row }) => ({
    entity,
    ...row,
    ...(reason ? { reason } : {}),
    fields: fields
      .map((one) =>
        money.has(one.field) ? { ...one, old: decimal(one.old, currency), new: decimal(one.new, currency) } : one,
      )
      .filter((one) => one.old !== one.new && (row.state !== 'new' || one.new !== null)),
  }))
}

const money: ReadonlySet<string> = new Set(['amount', 'price', 'cost'])

function decimal(minor: string | null, currency: string): string | null {
  return minor === null ? null : fromMinor(Number(minor), currency)
}

/** The first of each state that is worth looking at; `fields` is computed for these alone. */
function first(told: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select * from (
      select told.*, row_number() over (partition by state order by seq) as place from (${told}) as told
       where state in ('new', 'changed', 'conflicting')
    ) as numbered where place <= ${mostSamples}`
}

function field(name: string, old: RawBuilder<unknown>, told: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_build_object('field', ${sql.lit(name)}, 'old', (${old})::text, 'new', (${told})::text)`
}

function orderSamples(one: Import): RawBuilder<Sampled> {
  const fields = [
    field('customer', sql`case when p.external_id <> 'order:' || f.number then p.external_id end`, sql`f.external_id`),
    field('placedAt', iso(sql`o.placed_at`), iso(sql`f.placed_at`)),
    field('kind', sql`o.kind`, sql`f.kind`),
    field('status', sql`o.status`, sql`f.status`),
    field('lines', sql`o.line_count`, sql`f.line_count`),
    field('amount', sql`o.amount`, sql`f.amount`),
    field('reason', sql`o.reason`, sql`f.because`),
  ]
  return sql<Sampled>`
    select f.number as key, f.row, f.state, f.reason, jsonb_build_array(${sql.join(fields)}) as fields
      from (${first(toldOrders(one))}) as f
      left join orders o on o.id = f.known_id left join profiles p on p.id = o.profile_id
     order by f.state, f.seq`
}

function productSamples(one: Import): RawBuilder<Sampled> {
  const fields = [
    field('kind', sql`f.kind`, sql`f.kind`),
    field('name', sql`f.known_name`, sql`coalesce(f.said_name, f.known_name)`),
    field('price', sql`f.known_price`, sql`coalesce(f.said_price, f.known_price)`),
    field('category', sql`p.category`, sql`coalesce(f.doc ->> 'category', p.category)`),
    field('cost', sql`p.cost`, sql`coalesce(f.doc ->> 'cost', p.cost::text)`),
    field('stock', sql`trim_scale(p.stock)`, sql`coalesce(f.doc ->> 'stock', trim_scale(p.stock)::text)`),
    field('image', sql`p.image`, sql`coalesce(f.doc ->> 'image', p.image)`),
  ]
  return sql<Sampled>`
    select f.code as key, f.row, f.state, f.reason, jsonb_build_array(${sql.join(fields)}) as fields
      from (${first(toldProducts(one))}) as f left join products p on p.id = f.known_id
     order by f.state, f.seq`
}

function customerSamples(one: Import): RawBuilder<Sampled> {
  return sql<Sampled>`
    select f.external_id as key, f.row, f.state, null as reason, coalesce(said.fields, '[]') as fields
      from (${first(toldCustomers(one))}) as f
      left join lateral (
        select jsonb_agg(jsonb_build_object('field', said.key, 'old', v.value #>> '{}', 'new', said.value #>> '{}') order by said.key) as fields
          from jsonb_each(f.doc) as said
          left join profile_values v on v.profile_id = f.known_id and v.field = said.key
         where said.key not like '@%'
      ) as said on true
     order by f.state, f.seq`
}

function iso(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}
