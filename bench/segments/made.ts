import { sql } from 'kysely'
import { foundMerchant } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'

/** How much is made. `today`: the last day on which anything happened; later days would find nothing lately. */
export type Size = { customers: number; orders: number; events: number; today: Day }

type Tell = (line: string) => void

/**
 * A shop in the columns, set-wise: every value is a hash of its row's number, so the same size is the same shop. Some buy and look
 * around much more than others; everybody has a beginning and an end; one in ten has a second profile; one in ten never bought. Orders have two
 * lines. Goes on where it was stopped, table by table. At a million customers about five minutes.
 */
export async function madeShop(ctx: Context, size: Size, tell: Tell): Promise<void> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from merchant) as any`.execute(ctx.db)
  if (!rows[0]!.any) {
    await foundMerchant(
      ctx,
      { name: 'Bench', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
      { name: 'Shop' },
    )
  }
  let anew = false
  for (const [table, { rows, pieces }] of Object.entries(statementsOf(size))) {
    // Cut off within a table, it is begun anew, and so is what follows from it.
    anew ||= (await count(ctx, table)) !== rows
    if (!anew) continue
    await run(ctx, `TRUNCATE TABLE ${table}`)
    for (const [place, piece] of pieces.entries()) {
      await run(ctx, piece)
      if (place % 5 === 4) tell(`${table}: ${place + 1} of ${pieces.length}`)
    }
    tell(`${table}: ${await count(ctx, table)} rows`)
  }
  await settle(ctx)
}

export const categories = ['绿茶', '红茶', '乌龙', '茶杯', '茶壶', '茶具', '点心', '礼盒', '香', '布']

const cities = [
  ['上海', '上海'],
  ['杭州', '浙江'],
  ['宁波', '浙江'],
  ['苏州', '江苏'],
  ['南京', '江苏'],
  ['北京', '北京'],
  ['广州', '广东'],
  ['成都', '四川'],
]

/** Even numbers from 0 up to 1, of a row and a use. */
const share = (of: string, use: number) => `(bitShiftRight(cityHash64(${of}, ${use}), 11) / 9007199254740992)`
const list = (values: readonly string[]) => `[${values.map((one) => `'${one}'`).join(', ')}]`

function statementsOf({ customers, orders, events, today }: Size): Record<string, { rows: number; pieces: string[] }> {
  const day = `toDate('${today}')`
  const joined = (who: string) => `(${day} - toInt32(1095 * ${share(who, 1)}))`
  const left = (who: string) => `(${joined(who)} + toInt32((${day} - ${joined(who)}) * sqrt(${share(who, 2)})))`
  // A permutation, so that who does much is not who came first.
  const somebody = (row: string, use: number, among: number) =>
    `(1 + (toUInt64(floor(${Math.floor(customers * among)} * pow(${share(row, use)}, 1.4))) * 7919 + 13) % ${customers})`
  const profile = (who: string, row: string) =>
    `if(${who} % 10 = 3 AND ${share(row, 3)} < 0.4, ${who} + ${customers}, ${who})`
  const dayOf = (who: string, row: string) =>
    `(${joined(who)} + toInt32(${share(row, 4)} * (${left(who)} - ${joined(who)} + 1)))`
  const instant = (date: string, row: string) =>
    `(toDateTime64(${date}, 3, 'Asia/Shanghai') + toIntervalSecond(28800 + toInt32(50000 * ${share(row, 5)})))`
  const product = (row: string, use: number) => `(1 + toUInt64(floor(2000 * pow(${share(row, use)}, 2))))`
  const pieces = (from: number, to: number, step: number) =>
    Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => {
      const first = from + at * step
      return { first, count: Math.min(step, to - first) }
    })
  return {
    products: {
      rows: 2_000,
      pieces: [
        `INSERT INTO products (id, version, code, name, kind, category, brand_id, price)
       SELECT number + 1, 1, concat('P', toString(number)), concat('Product ', toString(number)), 'goods', ${list(categories)}[1 + number % ${categories.length}],
              1 + number % 40, 1000 + number FROM numbers(2000)`,
      ],
    },
    customers: {
      rows: customers,
      pieces: [
        `INSERT INTO customers (id, version, gender, country, province, city, has_phone, has_email, owner_id, added)
       WITH number + 1 AS who, toUInt8(least(8, 1 + floor(8 * pow(${share('who', 11)}, 1.5)))) AS place, ${share('who', 12)} < 0.8 AS placed
       SELECT who, 1, multiIf(${share('who', 13)} < 0.5, 'female', ${share('who', 13)} < 0.85, 'male', NULL), if(placed, '中国', NULL),
              if(placed, ${list(cities.map(([, province]) => province!))}[place], NULL), if(placed, ${list(cities.map(([city]) => city!))}[place], NULL),
              ${share('who', 14)} < 0.8, ${share('who', 15)} < 0.3, if(${share('who', 16)} < 0.05, 1 + who % 20, 0), ${joined('who')}
         FROM numbers(${customers})`,
      ],
    },
    profile_customers: {
      rows: customers + Math.floor((customers + 7) / 10),
      pieces: [
        `INSERT INTO profile_customers (profile_id, customer_id, shop_id, version) SELECT number + 1, number + 1, 1, 1 FROM numbers(${customers})`,
        `INSERT INTO profile_customers (profile_id, customer_id, shop_id, version)
       SELECT number + 1 + ${customers}, number + 1, 1, 1 FROM numbers(${customers}) WHERE (number + 1) % 10 = 3`,
      ],
    },
    orders: {
      rows: orders,
      pieces: pieces(0, orders, 1_000_000).map(
        ({ first, count }) => `
       INSERT INTO orders (profile_id, id, version, row_version, source_id, shop_id, kind, status, placed_at, day, amount, line_count)
       WITH number + 1 AS row, ${somebody('row', 21, 0.9)} AS who, ${share('row', 22)} AS sort, ${dayOf('who', 'row')} AS on_day,
            100 * toInt64(30 + 400 * pow(${share('row', 23)}, 3)) AS money
       SELECT ${profile('who', 'row')}, row, 1, 1, 1, 1 + row % 5, multiIf(sort < 0.95, 'sale', sort < 0.98, 'cancellation', 'adjustment'),
              multiIf(${share('row', 24)} < 0.03, 'void', ${share('row', 24)} < 0.08, 'open', 'completed'), ${instant('on_day', 'row')}, on_day,
              if(sort < 0.95, money, -money), 2
         FROM numbers(${first}, ${count})`,
      ),
    },
    order_lines: {
      rows: orders * 2,
      pieces: pieces(0, orders, 1_000_000).map(
        ({ first, count }) => `
       INSERT INTO order_lines (profile_id, order_id, line, version, product_id, kind, quantity, amount, shop_id, day, sale, counts)
       SELECT profile_id, id, line, 1, ${product('(id * 2 + line)', 31)}, 'goods', sign(amount), intDiv(amount * if(line = 1, 6, 4), 10), shop_id, day,
              kind = 'sale' AND status <> 'void', status <> 'void'
         FROM orders ARRAY JOIN [1, 2] AS line WHERE id > ${first} AND id <= ${first + count}`,
      ),
    },
    traits: {
      rows: customers,
      pieces: pieces(0, customers, 100_000).map(
        ({ first, count }) => `
       INSERT INTO traits (customer_id, version, gender, country, province, city, has_phone, has_email, owner_id, added, profiles, shops, purchases,
              revenue, first_purchase, last_purchase, first_document, last_document, purchase_days, days, sales, amounts, document_shops)
       SELECT c.id, 1, c.gender, c.country, c.province, c.city, c.has_phone, c.has_email, c.owner_id, c.added,
              if(c.id % 10 = 3, [c.id, c.id + ${customers}], [c.id]), arraySort(arrayDistinct(o.documents.3)),
              length(arrayFilter(d -> d.2 = 1, o.documents) AS bought), arraySum(d -> d.4, o.documents),
              if(empty(bought), NULL, bought[1].1), if(empty(bought), NULL, bought[-1].1),
              if(empty(o.documents), NULL, o.documents[1].1), if(empty(o.documents), NULL, o.documents[-1].1),
              bought.1, o.documents.1, o.documents.2, o.documents.4, o.documents.3
         FROM (SELECT * FROM customers WHERE id > ${first} AND id <= ${first + count}) AS c
         LEFT JOIN (
           SELECT if(profile_id > ${customers}, toUInt64(profile_id - ${customers}), profile_id) AS customer_id,
                  arraySort(groupArray((day, toUInt8(kind = 'sale'), shop_id, amount, id))) AS documents
             FROM orders
            WHERE status <> 'void' AND ((profile_id > ${first} AND profile_id <= ${first + count})
                   OR (profile_id > ${first + customers} AND profile_id <= ${first + count + customers}))
            GROUP BY customer_id) AS o ON o.customer_id = c.id`,
      ),
    },
    behaviour: {
      rows: events,
      pieces: pieces(0, events, 2_500_000).map(
        ({ first, count }) => `
       INSERT INTO behaviour (profile_id, at, batch, place, received_at, source_id, shop_id, kind, event, product_ids, products, properties)
       WITH number + 1 AS row, ${somebody('row', 41, 1)} AS who, ${share('row', 42)} AS sort,
            multiIf(sort < 0.62, 'viewed', sort < 0.73, 'searched', sort < 0.83, 'carted', sort < 0.88, 'favoured', 'page') AS deed,
            ${instant(dayOf('who', 'row'), 'row')} AS moment, if(deed IN ('viewed', 'carted', 'favoured'), [${product('row', 43)}], []) AS about
       SELECT ${profile('who', 'row')}, moment, 1 + intDiv(row, 100000), row % 100000, moment, 1, 1, deed, deed, about,
              arrayMap(p -> concat('P', toString(p - 1)), about), '{}'
         FROM numbers(${first}, ${count})`,
      ),
    },
  }
}

/** Merges what was inserted, as it is in a shop that has stood for a while. */
async function settle(ctx: Context): Promise<void> {
  const rows = await ask<{ table: string; partition: string }>(
    ctx,
    `SELECT table, partition_id AS partition FROM system.parts
        WHERE database = currentDatabase() AND active AND table IN ('customers', 'profile_customers', 'orders', 'order_lines', 'traits', 'behaviour')
        GROUP BY table, partition_id HAVING count() > 1 ORDER BY table, partition_id`,
  )
  for (const { table, partition } of rows) await run(ctx, `OPTIMIZE TABLE ${table} PARTITION ID '${partition}' FINAL`)
}

export async function ask<T>(ctx: Context, query: string): Promise<T[]> {
  const answer = await ctx.columns.query({ query, format: 'JSONEachRow' })
  return answer.json<T>()
}

async function count(ctx: Context, table: string): Promise<number> {
  return (await ask<{ n: number }>(ctx, `SELECT count() AS n FROM ${table}`))[0]!.n
}

async function run(ctx: Context, query: string): Promise<void> {
  await ctx.columns.command({
    query,
    clickhouse_settings: {
      max_memory_usage: '6000000000',
      min_insert_block_size_rows: '3000000',
      min_insert_block_size_bytes: '2000000000',
      max_block_size: '65536',
      max_execution_time: 300,
    },
  })
}
