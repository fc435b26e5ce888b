import { sql } from 'kysely'
import { searchKey } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'

const surnames = Array.from('王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余')
const given = Array.from('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建文志海波宇欣晨子涵雨梓轩浩然思佳怡')

/** A shop of a size, made by a handful of statements. No real person: names are drawn from common characters. */
export async function makeShop(
  ctx: Context,
  size: { customers: number; orders: number; products?: number },
  tell: (line: string) => void,
): Promise<void> {
  const products = size.products ?? 5000
  const names = surnames.flatMap((surname) =>
    given.flatMap((one, at) => [surname + one, surname + one + given[(at * 7 + 3) % given.length]]),
  )
  const keys = names.map((name) => ({ name, ...searchKey(name) }))

  await ctx.db.connection().execute(async (db) => {
    const run = async (what: string, statement: ReturnType<typeof sql>) => {
      const began = performance.now()
      await statement.execute(db)
      tell(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    }
    await sql`set statement_timeout = 0`.execute(db)
    await sql`set idle_in_transaction_session_timeout = 0`.execute(db)
    await sql`set maintenance_work_mem = '512MB'`.execute(db)
    // Made rows refer to made rows: the foreign keys' row-by-row checks would take longer than the rows.
    await sql`set session_replication_role = replica`.execute(db)
    const { rows: indexes } = await sql<{ name: string; definition: string }>`
      select indexname as name, indexdef as definition from pg_indexes
       where schemaname = 'public' and tablename in ('customers', 'profiles', 'profile_customers', 'profile_values', 'identifiers', 'orders', 'order_lines')
         and indexname not in (select conname from pg_constraint)`.execute(db)
    for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(db)

    await sql`create temp table made_names (at integer primary key, name text, pinyin text, tokens text[])`.execute(db)
    await sql`
      insert into made_names
      select ordinality - 1, key ->> 'name', key ->> 'pinyin', array(select jsonb_array_elements_text(key -> 'tokens'))
        from jsonb_array_elements(${JSON.stringify(keys)}::jsonb) with ordinality as made(key, ordinality)`.execute(db)
    await sql`insert into sources (code, name, kind, shop_id) values ('made', 'Made', 'import', 1) on conflict do nothing`.execute(
      db,
    )
    await run(
      'products',
      sql`
      insert into products (code, name, category, price, cost)
      select 'P' || n, '茶 ' || n, (array['绿茶', '红茶', '乌龙', '普洱', '茶具'])[1 + n % 5], 1000 + n % 50000, 500 + n % 20000
        from generate_series(1, ${products}::int) as n`,
    )
    await run(
      'customers',
      sql`
      insert into customers (name, pinyin, tokens, gender, phone, email, country, province, city, created_at)
      select made.name, made.pinyin, made.tokens, (array['female', 'male'])[1 + n % 2], '+861' || lpad((3000000000 + n)::text, 10, '0'), 'c' || n || '@example.com',
             'CN', (array['浙江', '福建', '云南', '上海', '广东'])[1 + n % 5], (array['杭州', '福州', '昆明', '上海', '广州', '宁波'])[1 + n % 6],
             timestamptz '2024-01-01' + n * interval '40 seconds'
        from generate_series(1, ${size.customers}::int) as n join made_names as made on made.at = (n::bigint * 7919) % ${names.length}`,
    )
    await run(
      'profiles',
      sql`
      insert into profiles (source_id, external_id)
      select (select id from sources where code = 'made'), 'c' || id from customers order by id`,
    )
    await run(
      'map',
      sql`
      insert into profile_customers (profile_id, customer_id)
      select profiles.id, substr(external_id, 2)::bigint from profiles where external_id like 'c%'`,
    )
    await run(
      'values',
      sql`
      insert into profile_values (profile_id, field, value, origin, actor, at)
      select map.profile_id, field.name, field.value, 'import', 'import:1', now()
        from profile_customers map join customers c on c.id = map.customer_id
        cross join lateral (values ('name', to_jsonb(c.name)), ('city', to_jsonb(c.city))) as field(name, value)`,
    )
    await run(
      'identifiers',
      sql`
      insert into identifiers (profile_id, kind, value, actor)
      select map.profile_id, 'phone', c.phone, 'import:1' from profile_customers map join customers c on c.id = map.customer_id`,
    )
    // A few buy often, most buy once or twice: the customer's number is drawn by the cube of a uniform draw.
    await run(
      'orders',
      sql`
      insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
      select map.profile_id, (select id from sources where code = 'made'), 1, 'M' || n,
             case when n % 40 = 0 then 'cancellation' else 'sale' end, drawn.at, (drawn.at at time zone 'Asia/Shanghai')::date,
             case when n % 40 = 0 then -1 else 1 end * (1000 + (n::bigint * 7919) % 50000), 1
        from generate_series(1, ${size.orders}::int) as n
        cross join lateral (select timestamptz '2024-03-01' + (n::bigint * 104729 % 63072000) * interval '1 second' as at,
                                   1 + floor(${size.customers}::int * power(((n::bigint * 15485863) % 1000003) / 1000003.0, 2))::bigint as customer) as drawn
        join profile_customers map on map.customer_id = drawn.customer`,
    )
    await run(
      'lines',
      sql`
      insert into order_lines (order_id, line, product_id, kind, name, quantity, unit_price, amount)
      select id, 1, 1 + id % ${products}::int, 'goods', '茶', sign(amount), abs(amount) / 100.0, amount from orders where source_id = (select id from sources where code = 'made')`,
    )
    for (const { name, definition } of indexes)
      await run(`index ${name}`, sql.raw(definition) as ReturnType<typeof sql>)
    await sql`set session_replication_role = origin`.execute(db)
    await run(
      'statistics',
      sql`vacuum (analyze) customers, profiles, profile_customers, profile_values, identifiers, orders, order_lines, products`,
    )
  })
}
