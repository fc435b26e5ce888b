import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import type { Context } from '#platform/context.ts'

/**
 * A way of searching: the text that somebody types of a customer c with map, identifiers and orders; and the columns of the peer's
 * table in which the usual pattern looks for it.
 */
export type Kind = { name: string; typed: RawBuilder<unknown>; peer?: { columns: string[]; calls?: number } }

const identifier = (kind: string, text = sql`i.value`) => sql`
  (select ${text} from profile_customers map join identifiers i using (profile_id)
    where map.customer_id = c.id and i.kind = ${kind} order by i.id limit 1)`

export const kinds: readonly Kind[] = [
  { name: 'name, its first character', typed: sql`left(c.name, 1)`, peer: { columns: ['name'] } },
  { name: 'name, two characters', typed: sql`left(c.name, 2)`, peer: { columns: ['name'], calls: 100 } },
  {
    name: 'name, its end',
    typed: sql`case when length(c.name) > 2 then right(c.name, 2) end`,
    peer: { columns: ['name'], calls: 100 },
  },
  { name: 'name, all of it', typed: sql`c.name`, peer: { columns: ['name'] } },
  { name: 'pinyin', typed: sql`c.pinyin`, peer: { columns: ['pinyin'] } },
  { name: 'pinyin, its beginning', typed: sql`left(c.pinyin, 5)`, peer: { columns: ['pinyin'] } },
  {
    name: 'pinyin, a syllable',
    typed: sql`(select t from unnest(c.tokens) t where t ~ '^[a-z]{3,}$' order by length(t), t limit 1)`,
    peer: { columns: ['pinyin'] },
  },
  {
    name: 'initials',
    typed: sql`(select t from unnest(c.tokens) t where t ~ '^[a-z]{2,3}$' and t !~ '[aeiouv]' order by length(t) desc limit 1)`,
    peer: { columns: ['initials'], calls: 100 },
  },
  { name: 'last four digits', typed: sql`right(c.phone, 4)`, peer: { columns: ['phone'] } },
  { name: 'phone', typed: sql`right(c.phone, 11)`, peer: { columns: ['phone'] } },
  { name: 'e-mail', typed: sql`c.email`, peer: { columns: ['email'] } },
  { name: 'e-mail, its beginning', typed: sql`left(c.email, 4)`, peer: { columns: ['email'] } },
  {
    name: 'order number',
    typed: sql`(select o.number from profile_customers map join orders o using (profile_id) where map.customer_id = c.id limit 1)`,
    peer: { columns: ['orders'] },
  },
  { name: 'member number', typed: identifier('member'), peer: { columns: ['number'] } },
  { name: 'nobody', typed: sql`'zqx' || c.id`, peer: { columns: ['name'] } },
]

/** So many texts as they are typed of customers spread over all, always the same; none where nobody has one. */
export async function textsOf(ctx: Context, { typed }: Kind, count: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    with spread as (
      select 1 + (n * 7919::bigint * 104729) % (select max(id) from customers) as id from generate_series(1, ${count * 8}) n
    )
    select text from (select n, (${typed})::text as text
                        from (select row_number() over () as n, id from spread) as asked join customers c on c.id = asked.id
                       where c.merged_into is null) as told
     where length(text) > 0 order by n limit ${count}`.execute(ctx.db)
  const texts = rows.map((row) => row.text)
  // Where few have it they are asked for again.
  return texts.length === 0 ? [] : Array.from({ length: count }, (_, i) => texts[i % texts.length]!)
}

/** One row a customer, everything in columns, each with a trigram index. */
export async function keepPeer(ctx: Context): Promise<void> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('bench_people') is not null as there`.execute(
    ctx.db,
  )
  if (rows[0]!.there) return
  await ctx.db.transaction().execute(async (db) => {
    await sql`set local statement_timeout = 0`.execute(db)
    await sql`set local maintenance_work_mem = '512MB'`.execute(db)
    await sql`
      create table bench_people as
      select c.id, c.name, c.pinyin, c.phone, c.email, c.number, c.city, c.created_at,
             (select string_agg(t, ' ') from unnest(c.tokens) t where t ~ '^[a-z]{2,3}$' and t !~ '[aeiouv]') as initials,
             (select string_agg(o.number, ' ') from profile_customers map join orders o using (profile_id) where map.customer_id = c.id) as orders
        from customers c where c.merged_into is null`.execute(db)
    for (const column of ['name', 'pinyin', 'phone', 'email', 'number', 'initials', 'orders'])
      await sql`create index on bench_people using gin (${sql.ref(column)} gin_trgm_ops)`.execute(db)
    await sql`create index on bench_people (created_at desc, id desc)`.execute(db)
  })
  await sql`vacuum analyze bench_people`.execute(ctx.db)
}

export function peerSearch(pool: pg.Pool, { peer }: Kind, limit: number): (text: string) => Promise<number> {
  const found = peer!.columns.map((column) => `${column} ilike $1`).join(' or ')
  const statement = `select id, name, phone, city from bench_people where ${found} order by created_at desc, id desc limit ${limit}`
  return async (text) => {
    const { rows } = await pool.query(statement, [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`])
    return rows.length
  }
}
