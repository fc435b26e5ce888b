import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { fromMinor } from '#platform/money.ts'
import { consentsTold } from './consents.ts'
import type { ImportSummary } from './contract.ts'
import { type Import, type Staging, stagingOf } from './import.ts'
import { reviewsTold, sortReviews } from './reviews.ts'
import { sortSteps, stepsTold } from './steps.ts'

/**
 * Gathers the staged parts into one row an order, a product and a customer, numbered in the order of the file, so that all later
 * phases go by ranges of these numbers. It works on what batches have summed up, not on lines: 250,000 orders take about 2 s.
 * What cannot be known before the whole file is read is found here: orders with two customers, without a date, or that lack a row.
 */
export async function sort(ctx: Context, one: Import): Promise<ImportSummary> {
  const tables = stagingOf(one.id)
  for (const table of [tables.orders, tables.products, tables.persons]) {
    await sql`drop table if exists ${table}`.execute(ctx.db)
  }
  for (const table of [tables.heads, tables.lines, tables.goods, tables.people])
    await sql`analyze ${table}`.execute(ctx.db)
  await sortOrders(ctx, tables)
  await sortProducts(ctx, tables)
  await sortPersons(ctx, one, tables)
  await listHeldBack(ctx, one.id, tables)
  if (stepsTold(one)) await sortSteps(ctx, one)
  if (reviewsTold(one)) await sortReviews(ctx, one)
  const summary = await summaryOf(ctx, tables, { steps: stepsTold(one), reviews: reviewsTold(one) })
  await sql`
    update imports set cursor = cursor || '{"sorted": true}', summary = ${JSON.stringify(summary)}::jsonb
     where id = ${one.id}`.execute(ctx.db)
  return summary
}

/**
 * Amount: lines, plus postage, less discount; where the file tells a total, the rest to it is a line of its own: the tax where it is
 * just that, else an adjustment. What one customer bought, and what gives it back, goes by one lane. A refund that is told for the whole order is a cancellation `<number>-R`.
 */
async function sortOrders(ctx: Context, { heads, orders }: Staging): Promise<void> {
  await sql`
    create unlogged table ${orders} as
    with told as (
      select number, min(row) as row, min(kind) as kind, min(cancels) as cancels, sum(lines)::int as lines,
             sum(amount)::bigint as items, sum(foreign_amount)::bigint as foreign_items,
             sum(hash_one)::text || '.' || sum(hash_two)::text as line_hash,
             min(placed_at) as placed_at, min(external_id) as external_id,
             bool_or(two_customers) or min(external_id) is distinct from max(external_id) as two_customers,
             bool_or(two_currencies) or min(currency) is distinct from max(currency) as two_currencies,
             min(currency) as currency, max(rate) as rate, bool_or(broken) as broken,
             (array_agg(status order by row) filter (where status is not null))[1] as status,
             min(cancelled_at) as cancelled_at, (array_agg(reason order by row) filter (where reason is not null))[1] as reason, coalesce(max(total), 0) as total, max(total) is not null as has_total,
             coalesce(max(postage), 0) as postage, coalesce(max(abs(discount)), 0) as discount, coalesce(max(tax), 0) as tax,
             coalesce(max(refund), 0) as refund
        from ${heads} group by number
    ),
    documents as (
      select number, row, kind, cancels, lines, items, foreign_items, line_hash, placed_at, external_id, two_customers,
             two_currencies, currency, rate, broken, postage, discount, tax, reason,
             case when cancelled_at is not null and refund = 0 and kind = 'sale' then 'void' else coalesce(status, 'completed') end as status,
             case when has_total then total - items - postage + discount else 0 end as rest
        from told
      union all
      select number || '-R', row, 'cancellation', number, 0, 0, 0, '', coalesce(cancelled_at, placed_at), external_id, two_customers,
             two_currencies, currency, rate, broken, 0, 0, 0, reason, 'completed', -abs(refund)
        from told
       where refund <> 0 and coalesce(status, '') <> 'void'
         and not exists (select 1 from ${heads} back where back.number = told.number || '-R')
    )
    select row_number() over (order by d.row, length(d.number), d.number) as seq,
           hashtext(coalesce(d.external_id, d.cancels, d.number)) & 1 as lane, d.row, d.number, d.kind, d.status, d.cancels,
           d.placed_at, d.external_id, d.currency, d.rate, d.lines, d.postage, d.discount, d.rest,
           case when d.rest <> 0 and d.rest = d.tax then 'fee' else 'adjustment' end as rest_kind,
           case when d.kind = 'cancellation' or d.status = 'void' then d.reason end as because,
           d.items + d.postage - d.discount + d.rest as amount,
           case when d.rate is null then null
                else coalesce(nullif(d.foreign_items, 0), round((d.items + d.postage - d.discount + d.rest) / d.rate)) end::bigint as foreign_amount,
           d.lines + (d.postage <> 0)::int + (d.discount <> 0)::int + (d.rest <> 0)::int as line_count,
           md5(concat_ws('|', d.kind, d.status, extract(epoch from d.placed_at), d.external_id, d.lines, d.line_hash, d.postage,
                         d.discount, d.rest, d.cancels, d.currency, d.rate,
                         case when d.kind = 'cancellation' or d.status = 'void' then d.reason end)) as hash,
           case when d.broken or coalesce(base.broken, false) then 'exchange.held_back'
                when d.placed_at is null then 'exchange.no_date'
                when d.two_currencies then 'exchange.two_currencies'
                when d.two_customers then 'exchange.two_customers' end as problem
      from documents d left join told base on base.number = d.cancels`.execute(ctx.db)
  await sql`create unique index on ${orders} (lane, seq)`.execute(ctx.db)
  await sql`create index on ${orders} (number) where problem is not null`.execute(ctx.db)
  await sql`analyze ${orders}`.execute(ctx.db)
}

/**
 * The name of a product is the one that stands on most lines (of equals the latest): the data of shops has `damages`, `?`
 * and `ebay` here and there. Its price is that of the latest sale.
 */
async function sortProducts(ctx: Context, { goods, products }: Staging): Promise<void> {
  await sql`
    create unlogged table ${products} as
    with named as (
      select distinct on (code) code, name
        from (select code, name, sum(count) as count, max(named_at) as at from ${goods} where name is not null group by 1, 2) as names
       order by code, count desc, at desc nulls last, name
    ),
    priced as (
      select distinct on (code) code, price from ${goods} where price is not null
       order by code, priced_at desc nulls last, price_row desc
    ),
    described as (
      select code, jsonb_object_agg(key, value order by row) as doc from ${goods}, jsonb_each(doc) where doc is not null group by code
    )
    select row_number() over (order by all_of.row, all_of.code) as seq, all_of.row, all_of.code, all_of.kind, named.name, priced.price,
           described.doc, all_of.told_at, md5(concat_ws('|', all_of.kind, named.name, priced.price, described.doc)) as hash
      from (select code, min(row) as row, min(kind) as kind, max(named_at) as told_at from ${goods} group by code) as all_of
      left join named using (code) left join priced using (code) left join described using (code)`.execute(ctx.db)
  await sql`create unique index on ${products} (seq)`.execute(ctx.db)
  await sql`analyze ${products}`.execute(ctx.db)
}

/** Of what is said of a customer at several times, each field's latest holds; identifiers are kept all. */
async function sortPersons(ctx: Context, one: Import, { people, persons }: Staging): Promise<void> {
  // Of a permission the row is part of the proof.
  const said = consentsTold(one)
    ? sql`case when key like '#consent %' then value || jsonb_build_object('row', people.row) else value end`
    : sql`value`
  await sql`
    create unlogged table ${persons} as
    select row_number() over (order by anonymous, row, external_id) as seq, row, external_id, anonymous, doc, told_at, first_at, md5(doc::text) as hash
      from (select external_id, anonymous, min(people.row) as row, max(at) as told_at, min(at) as first_at,
                   coalesce(jsonb_object_agg(key, ${said} order by at nulls first, people.row) filter (where key is not null), '{}') as doc
              from ${people} as people left join lateral jsonb_each(doc) on true
             group by external_id, anonymous) as all_of`.execute(ctx.db)
  await sql`create unique index on ${persons} (seq)`.execute(ctx.db)
  await sql`create index on ${persons} (external_id) where anonymous`.execute(ctx.db)
  await sql`analyze ${persons}`.execute(ctx.db)
}

/** All rows of an order that cannot be used as a whole are listed, so that the file of unusable rows holds it whole. */
async function listHeldBack(ctx: Context, importId: number, { orders, lines }: Staging): Promise<void> {
  await sql`
    insert into import_problems (import_id, row, reason, value)
    select ${importId}, lines.row, min(orders.problem), min(left(orders.number, 80))
      from ${orders} as orders join ${lines} as lines on lines.number = orders.number
     where orders.problem is not null
     group by lines.row
        on conflict do nothing`.execute(ctx.db)
}

/** Counted over the file's usable orders, whatever of it was known before. */
async function summaryOf(
  ctx: Context,
  { orders, products, persons, people, way, verdicts }: Staging,
  { steps, reviews }: { steps: boolean; reviews: boolean },
): Promise<ImportSummary> {
  const { currency } = await merchantOf(ctx)
  const { rows } = await sql<Omit<ImportSummary, 'revenue'> & { revenue: number }>`
    select coalesce(sum(lines), 0)::bigint as lines, count(*) as orders,
           count(*) filter (where kind = 'cancellation') as cancellations,
           count(*) filter (where kind = 'adjustment') as adjustments,
           (select count(*) from ${persons} where not anonymous) as customers,
           coalesce(sum(lines) filter (where external_id is null), 0)::bigint as anonymous_lines,
           (select count(*) from ${products}) as products,
           (select count(distinct doc ->> 'country') from ${people}) as countries,
           coalesce(sum(amount) filter (where status <> 'void'), 0)::bigint as revenue
           ${steps ? sql`, (select count(*) from ${way} where problem is null) as steps` : sql``}
           ${reviews ? sql`, (select count(*) from ${verdicts} where problem is null) as reviews` : sql``}
      from ${orders} where problem is null`.execute(ctx.db)
  const counted = rows[0]!
  return { ...counted, revenue: Number(fromMinor(counted.revenue, currency)) }
}
