import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import type { Told } from './by-hand.ts'
import { piecesOf, tablesOf } from './flat.ts'

/**
 * The same rows as a row-store CRM keeps them: one customer, its orders, their lines, what it did, each with the customer's number,
 * and an index for each way that is asked: by customer, by day, by product. None that holds all columns of one question: what is asked is
 * not known before. Made once, table by table; at a million customers fifteen minutes and 12 GB.
 */
export async function keepRows(
  ctx: Context,
  client: pg.ClientBase,
  customers: number,
  tell: (line: string) => void,
): Promise<void> {
  await client.query("set statement_timeout = 0; set maintenance_work_mem = '1GB'; set synchronous_commit = off")
  for (const { table, columns, from, pieces, select, indexes } of tablesOf(customers)) {
    const { rows } = await client.query('select to_regclass($1) as there', [table])
    if (rows[0].there) continue
    await client.query(`drop table if exists ${table}_made; create unlogged table ${table}_made (${columns})`)
    for (const where of await piecesOf(ctx, from, pieces)) {
      const { stream } = await ctx.columns.exec({
        query: `SELECT ${select} FROM ${from}${where} FORMAT TabSeparated`,
        clickhouse_settings: { max_execution_time: 120, max_memory_usage: '4000000000' },
      })
      await pipeline(stream, client.query(copyFrom(`copy ${table}_made from stdin`)))
    }
    for (const index of indexes) await client.query(`create index on ${table}_made ${index}`)
    await client.query(`vacuum analyze ${table}_made`)
    await client.query(`alter table ${table}_made rename to ${table}`)
    tell(`${table}: as rows`)
  }
}

/** The twelve in Postgres over those rows: who fulfils a condition is looked up by an index or grouped once. In the order of reference.ts. */
export function asRows({ today, thresholds }: Told): string[] {
  const ago = (days: number) => `date '${addDays(today, -days)}'`
  const counted = (where: string) => `select count(*)::int as n from bench_people p where ${where}`
  const bought = (condition: string) =>
    `exists (select 1 from bench_orders o where o.customer_id = p.id and o.sale and ${condition})`
  const spent = (days: number, least: number) =>
    `p.id in (select customer_id from bench_orders where day >= ${ago(days - 1)} group by customer_id having sum(amount) >= ${least})`
  const did = (kind: string, days: number) =>
    `exists (select 1 from bench_events e where e.customer_id = p.id and e.kind = '${kind}' and e.day >= ${ago(days - 1)})`
  const times = (kind: string, days: number, having: string) =>
    `p.id in (select customer_id from bench_events where kind = '${kind}' and day >= ${ago(days - 1)} group by customer_id having ${having})`
  const of = (category: string) => `(select id from bench_products where category = '${category}')`
  return [
    counted("p.gender = 'female' and p.city in ('上海', '杭州') and p.has_phone"),
    counted(`p.added >= ${ago(364)} and (p.province <> '浙江' or p.province is null) and p.owner_id = 0`),
    counted(spent(180, 200_000)),
    counted(
      `p.last_purchase >= ${ago(29)} and p.first_purchase <= ${ago(211)} and not ${bought(`o.day between ${ago(210)} and ${ago(30)}`)}`,
    ),
    counted(`p.id in (
      select customer_id
        from (select customer_id, amount, sale, day, day - lag(day) over (partition by customer_id, sale order by day) as gap
                from bench_orders where day >= ${ago(364)}) as o
       group by customer_id
      having count(*) filter (where sale) >= 3 and sum(amount) >= 30000 * count(*) filter (where sale)
         and max(gap) filter (where sale) <= 120 and bool_or(sale and extract(isodow from day) >= 6))`),
    counted(`p.id in (select customer_id from bench_lines where sale and day >= ${ago(364)} and product_id in ${of('绿茶')} group by customer_id having count(distinct order_id) >= 2)
      and not exists (select 1 from bench_lines l where l.customer_id = p.id and l.sale and l.product_id in ${of('茶杯')})`),
    counted(times('viewed', 30, 'count(*) >= 5')),
    counted(
      `p.id in (select customer_id from bench_events where kind = 'carted' and day >= ${ago(29)} and product_id in ${of('茶杯')}) and not ${bought(`o.day >= ${ago(29)}`)}`,
    ),
    counted(`${times('searched', 180, 'count(*) >= 3')} and not ${did('favoured', 180)}
      and (select count(*) from bench_events e where e.customer_id = p.id and e.kind = 'carted' and e.day >= ${ago(179)}) <= 1`),
    counted(`p.has_phone and p.city <> '上海' and not ${did('carted', 180)}
      and (${spent(365, 500_000)}
           or (p.last_purchase between ${ago(thresholds.sleeping - 1)} and ${ago(thresholds.active)} and ${times('viewed', 365, 'count(*) >= 20')}))`),
    counted(`exists (select 1 from bench_events v where v.customer_id = p.id and v.kind = 'viewed' and v.day >= ${ago(179)} and v.day + 7 < ${ago(0)}
      and not exists (select 1 from bench_orders o where o.customer_id = p.id and o.sale and o.placed_at > v.at and o.day <= v.day + 7))`),
    counted(`exists (select 1 from bench_events v join bench_events c on c.customer_id = v.customer_id and c.kind = 'carted' and c.at > v.at and c.day <= v.day + 3
                            join bench_orders o on o.customer_id = v.customer_id and o.sale and o.placed_at > c.at and o.day <= c.day + 14
      where v.customer_id = p.id and v.kind = 'viewed' and v.day >= ${ago(364)} and v.product_id in ${of('绿茶')})`),
  ]
}
