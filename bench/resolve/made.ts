import { sql } from 'kysely'
import { searchKey } from '#know/customers/index.ts'
import { diceOf } from '#know/duplicates/likeness/dice.ts'
import type { Incoming } from '#know/identity/index.ts'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'

const phoneOf = (n: number) => `+8613${String(n).padStart(9, '0')}`
const mailOf = (n: number) => `p${n}@mail.example`
const names = ['王伟', '李娜', '张敏', '刘洋', '陈静', '杨磊', '赵强', '黄丽']

/**
 * Each customer one profile with a name and a phone; every second an e-mail address too. Written as they would stand: shown, with
 * search keys. Goes on where it was stopped.
 */
export async function crowd(ctx: Context, people: number): Promise<void> {
  const { id } = await sourceOf(ctx, 'old', { name: 'Old shop', kind: 'import' })
  const { rows } = await sql<{ there: number }>`select count(*) as there from profiles where source_id = ${id}`.execute(
    ctx.db,
  )
  const first = rows[0]!.there
  if (first >= people) return
  const called = names.flatMap((name) => Array.from({ length: 97 }, (_, n) => `${name}${n}`))
  const keys = JSON.stringify(called.map((name) => ({ name, ...searchKey(name) })))
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and tablename = 'customers' and indexdef like '%USING gin%'`.execute(ctx.db)
  for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(ctx.db)
  const piece = 50_000
  for (let from = first; from < people; from += piece) {
    await ctx.db.transaction().execute(async (db) => {
      // Keys and triggers have nothing to say of these.
      await sql`set local session_replication_role = replica`.execute(db)
      await sql`set local synchronous_commit = off`.execute(db)
      await sql`set local statement_timeout = 0`.execute(db)
      const range = sql`generate_series(${from}::int, ${Math.min(from + piece, people) - 1}::int) as n`
      await sql`
        with made as (
          insert into profiles (source_id, external_id) select ${id}::int, 'o' || n from ${range} returning id, external_id
        ),
        named as (
          select made.*, substr(external_id, 2) as n, key.name, key.pinyin, key.tokens
            from made join jsonb_to_recordset(${keys}::jsonb) as key(name text, pinyin text, tokens text[])
              on key.name = (${names}::text[])[1 + id % ${names.length}] || (id % 97)
        ),
        people as (
          insert into customers (id, name, pinyin, tokens, phone, email) overriding system value
          select id, name, pinyin, tokens, '+8613' || lpad(n, 9, '0'), case when n::int % 2 = 0 then 'p' || n || '@mail.example' end
            from named
        ),
        map as (insert into profile_customers (profile_id, customer_id) select id, id from made),
        told as (
          insert into profile_values (profile_id, field, value, origin, actor, at)
          select id, 'name', to_jsonb(name), 'import', 'import:1', now() from named
        )
        insert into identifiers (profile_id, kind, value, actor)
        select id, 'phone', '+8613' || lpad(n, 9, '0'), 'import:1' from named
        union all
        select id, 'email', 'p' || n || '@mail.example', 'import:1' from named where n::int % 2 = 0`.execute(db)
    })
  }
  await sql`select setval(pg_get_serial_sequence('customers', 'id'), (select max(id) from customers))`.execute(ctx.db)
  await withConnection(ctx.db, async (client) => {
    await client.query("set statement_timeout = 0; set maintenance_work_mem = '512MB'")
    for (const { definition } of indexes) await client.query(definition)
    await client.query('vacuum analyze')
    await client.query('reset statement_timeout; reset maintenance_work_mem')
  })
}

export async function batchOf(ctx: Context, people: number, size: number, turn: number): Promise<Incoming[]> {
  const { id: newSource } = await sourceOf(ctx, 'new', { name: 'New shop', kind: 'import' })
  const { id: oldSource } = await sourceOf(ctx, 'old', { name: 'Old shop', kind: 'import' })
  const at = ctx.clock.now()
  const dice = diceOf(turn + 1)
  const pick = () => Math.floor(dice() * people)
  return Array.from({ length: size }, (_, index): Incoming => {
    const share = index % 100
    const n = pick()
    const identifiers: Incoming['identifiers'][number][] = []
    const say = (kind: 'phone' | 'email', value: string) => identifiers.push({ kind, scope: '', value })
    if (share < 40) say('phone', phoneOf(n))
    else if (share < 60) say('email', mailOf(n - (n % 2)))
    else if (share < 80) say('phone', phoneOf(n))
    else if (share < 98) say('phone', phoneOf(people + index))
    else {
      say('phone', phoneOf(n))
      say('email', mailOf(pick() & ~1))
    }
    const own = share >= 60 && share < 80
    return {
      ref: String(index).padStart(8, '0'),
      sourceId: own ? oldSource : newSource,
      externalId: own ? `o${n}` : `n${index}`,
      identifiers,
      values: own ? undefined : { name: names[index % names.length]! + (index % 89) },
      at,
      origin: 'import',
    }
  })
}
