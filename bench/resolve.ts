import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { type Incoming, resolve } from '#know/identity/index.ts'
import { sourceOf } from '#know/shops/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { type Measured, report, timed } from './harness.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/**
 * A batch against a shop of many: 60 % are known by phone or e-mail under another source, 20 % are the source's own again, 18 % are
 * new, 2 % point to two customers at once and make them one. Everything is written: profiles, identifiers, values, the map, merges,
 * what is shown. The peer is the usual pattern, one look-up and one insert a row, on 1,000 of the same rows.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const people = Number(options.customers ?? 1_000_000)
  const size = Number(options.batch ?? 100_000)
  const repeats = Number(options.repeats ?? 3)
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  try {
    const { ctx } = house
    await sql`
      insert into merchant (name, zone, currency, locale) select 'Bench', 'Asia/Shanghai', 'CNY', 'zh-CN'
       where not exists (select from merchant)`.execute(ctx.db)
    const made = await timed(() => crowd(ctx, people))
    tell(`${people} customers: ${(made / 1000).toFixed(1)} s`)
    const whole: number[] = []
    const again: number[] = []
    const peer: number[] = []
    for (let turn = 0; turn < repeats; turn += 1) {
      const batch = await batchOf(ctx, people, size, turn)
      let took = 0
      let second = 0
      // Taken back, so that every turn finds the same shop.
      await undone(ctx, async (ctx) => {
        took = await timed(() => resolve(ctx, batch))
        second = await timed(() => resolve(ctx, batch))
      })
      whole.push(took / 1000)
      again.push(second / 1000)
      let rowByRow = 0
      await undone(ctx, async (ctx) => {
        rowByRow = await timed(async () => {
          for (const one of batch.slice(0, 1_000)) await resolve(ctx, [one])
        })
      })
      peer.push((rowByRow / 1_000 / 1_000) * size)
      tell(`turn ${turn + 1}: ${(took / 1000).toFixed(2)} s, the same again ${(second / 1000).toFixed(2)} s`)
    }
    const measured: Measured[] = [
      {
        case: `${size} rows against ${people} customers`,
        unit: 's',
        goal: { of: 'ours', atMost: 10 },
        ours: whole,
        peer,
      },
      { case: 'the same batch again, nothing changes', unit: 's', ours: again },
    ]
    await report('resolve', ctx, measured)
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

class Undo extends Error {}

async function undone(ctx: Context, work: (ctx: Context) => Promise<void>): Promise<void> {
  await ctx.db
    .transaction()
    .execute(async (db) => {
      await sql`set local statement_timeout = 0`.execute(db)
      await work({ ...ctx, db })
      throw new Undo()
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error
    })
}

const phoneOf = (n: number) => `+8613${String(n).padStart(9, '0')}`
const mailOf = (n: number) => `p${n}@mail.example`
const names = ['王伟', '李娜', '张敏', '刘洋', '陈静', '杨磊', '赵强', '黄丽']

/**
 * Each customer one profile with a name and a phone; every second an e-mail address too. What is shown of them stands there at
 * once, without search keys: the batch's own are made in full.
 */
async function crowd(ctx: Context, people: number): Promise<void> {
  const { id } = await sourceOf(ctx, 'old', { name: 'Old shop', kind: 'import' })
  const { rows } = await sql<{ there: number }>`select count(*) as there from customers`.execute(ctx.db)
  if (rows[0]!.there >= people) return
  const piece = 50_000
  for (let from = 0; from < people; from += piece) {
    await ctx.db.transaction().execute(async (db) => {
      const range = sql`generate_series(${from}::int, ${Math.min(from + piece, people) - 1}::int) as n`
      await sql`
        with made as (insert into profiles (source_id, external_id) select ${id}::int, 'o' || n from ${range} returning id, external_id),
        people as (
          insert into customers (id, name, phone) overriding system value
          select id, (${names}::text[])[1 + id % ${names.length}] || (id % 97), '+8613' || lpad(substr(external_id, 2), 9, '0') from made
        ),
        map as (insert into profile_customers (profile_id, customer_id) select id, id from made),
        told as (
          insert into profile_values (profile_id, field, value, origin, actor, at)
          select id, 'name', to_jsonb((${names}::text[])[1 + id % ${names.length}] || (id % 97)), 'import', 'import:1', now() from made
        )
        insert into identifiers (profile_id, kind, value, actor)
        select id, 'phone', '+8613' || lpad(substr(external_id, 2), 9, '0'), 'import:1' from made
        union all
        select id, 'email', 'p' || substr(external_id, 2) || '@mail.example', 'import:1' from made where substr(external_id, 2)::int % 2 = 0`.execute(
        db,
      )
    })
    if (from % 200_000 === 0) tell(`  ${from}`)
  }
  await sql`select setval(pg_get_serial_sequence('customers', 'id'), (select max(id) from customers))`.execute(ctx.db)
  await sql`vacuum analyze`.execute(ctx.db)
}

async function batchOf(ctx: Context, people: number, size: number, turn: number): Promise<Incoming[]> {
  const { id: newSource } = await sourceOf(ctx, 'new', { name: 'New shop', kind: 'import' })
  const { id: oldSource } = await sourceOf(ctx, 'old', { name: 'Old shop', kind: 'import' })
  const at = ctx.clock.now()
  let seed = turn + 1
  const pick = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % people
  }
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
