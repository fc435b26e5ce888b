import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { demoUpTo } from '#app/demo/index.ts'
import { openHouse } from '#app/open-house.ts'
import { listNewest, search } from '#know/customers/index.ts'
import { listOrders } from '#know/orders/list-orders.ts'
import { readConfig } from '#platform/config.ts'
import type { Context, Scope } from '#platform/context.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { alternate, type Measured, median, report, timed } from './harness.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/**
 * Lists and searches of staff of one small shop among many customers: ours by `customer_shops`; the peer is the same statement
 * with the shops of each customer looked up in its orders and sources, as it was before that table.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const size = { customers: Number(options.customers ?? 250_000), orders: Number(options.orders ?? 1_000_000) }
  const few = Number(options.few ?? 100)
  const repeats = Number(options.repeats ?? 7)
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  try {
    const { ctx } = house
    const made = await timed(() => demoUpTo(ctx, { seed: 1, ...size }, ctx.clock.now()))
    const stall = await smallShop(ctx, few)
    await sql`vacuum analyze`.execute(ctx.db)
    tell(`shop: ${(made / 1000).toFixed(1)} s; shop ${stall} knows ${few} customers`)
    const pool = openPool(house.databaseUrl, { size: 2 })
    const before = { ...ctx, db: openDb(asBefore(pool)) }
    const staff = (ctx: Context, scope: Scope) => ({ ...ctx, actor: { ...ctx.actor, scope } })
    const cases: [string, (ctx: Context) => Promise<unknown>][] = [
      ['newest 50', (ctx) => listNewest(ctx, { limit: 50 })],
      ...['张', '王伟', 'zhang', 'zw', '0987', '13800138000'].map(
        (text): [string, (ctx: Context) => Promise<unknown>] => [
          `search ${text}`,
          (ctx) => search(ctx, { text, limit: 20 }),
        ],
      ),
    ]
    const measured: Measured[] = []
    const scope: Scope = { kind: 'shops', shopIds: [stall] }
    for (const [name, work] of cases) {
      const [now, then] = [await work(staff(ctx, scope)), await work(staff(before, scope))]
      if (JSON.stringify(now) !== JSON.stringify(then)) throw new Error(`${name}: the two sides differ`)
      const { ours, peer } = await alternate(
        repeats,
        () => timed(() => work(staff(ctx, scope))),
        () => timed(() => work(staff(before, scope))),
      )
      const goal = { of: 'ours' as const, atMost: 50 }
      measured.push({ case: `${name}, shop of ${few}`, unit: 'ms', goal, ours, peer })
    }
    const own: Scope = { kind: 'owners', staffIds: [await anOwner(ctx, 2_000)] }
    for (const [name, work] of [
      ...cases,
      ['orders, newest 50', (ctx: Context) => listOrders(ctx, { limit: 50 } as never)] as (typeof cases)[0],
    ]) {
      await work(staff(ctx, own))
      const ours: number[] = []
      for (let turn = 0; turn < repeats; turn += 1) ours.push(await timed(() => work(staff(ctx, own))))
      measured.push({ case: `${name}, own 2,000 customers`, unit: 'ms', ours })
    }
    measured.push(await cost(ctx, stall, repeats))
    await report('scope', ctx, measured)
    await pool.end()
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

/** A shop that only so many know, spread over all ages. */
async function smallShop(ctx: Context, few: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into shops (code, name) values ('stall', 'Market stall') on conflict (code) do update set name = excluded.name returning id`.execute(
    ctx.db,
  )
  const { id } = rows[0]!
  await sql`
    insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
    select map.profile_id, 1, ${id}, 'STALL-' || map.profile_id, 'sale', now(), current_date, 100, 1
      from (select min(profile_id) as profile_id from profile_customers
             where customer_id % greatest(1, (select max(id) from customers) / ${few}) = 0 group by customer_id limit ${few}) as map
        on conflict do nothing`.execute(ctx.db)
  return id
}

async function anOwner(ctx: Context, customers: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`select min(id) as id from staff`.execute(ctx.db)
  const { id } = rows[0]!
  await sql`
    update customers set owner_id = ${id}
     where id in (select id from customers where id % greatest(1, (select max(id) from customers) / ${customers}) = 0 limit ${customers})`.execute(
    ctx.db,
  )
  await sql`vacuum analyze customers`.execute(ctx.db)
  return id
}

/** What keeping the table costs an import: 10,000 orders in one statement, with its trigger and without. */
async function cost(ctx: Context, shopId: number, repeats: number): Promise<Measured> {
  const write = async (kept: boolean) => {
    let took = 0
    const undo = new Error('undo')
    await ctx.db
      .transaction()
      .execute(async (db) => {
        if (!kept) await sql`alter table orders disable trigger orders_came`.execute(db)
        took = await timed(() =>
          sql`
            insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
            select profile_id, 1, ${shopId}, 'COST-' || profile_id, 'sale', now(), current_date, 100, 1
              from (select profile_id from profile_customers order by profile_id desc limit 10000) as bought`.execute(
            db,
          ),
        )
        throw undo
      })
      .catch((error) => {
        if (error !== undo) throw error
      })
    return took
  }
  const { ours, peer } = await alternate(
    repeats,
    () => write(true),
    () => write(false),
  )
  tell(`10,000 orders at once: ${median(ours).toFixed(0)} ms, without the table ${median(peer).toFixed(0)} ms`)
  return { case: 'writing 10,000 orders of 10,000 people', unit: 'ms', ours, peer }
}

/** A pool whose statements look shops up as before there was `customer_shops`. */
function asBefore(pool: pg.Pool): pg.Pool {
  const rewritten = (text: string) =>
    text.replaceAll(
      /exists \(select from customer_shops as seen\s+where seen\.customer_id = customers\.id and seen\.shop_id = any\((\$\d+)::int\[\]\)\)/g,
      `(exists (select from profile_customers as seen join orders on orders.profile_id = seen.profile_id
             where seen.customer_id = customers.id and orders.shop_id = any($1::int[]))
    or exists (select from profile_customers as seen join profiles on profiles.id = seen.profile_id
                 join sources on sources.id = profiles.source_id
                where seen.customer_id = customers.id and sources.shop_id = any($1::int[])))`,
    )
  return {
    async connect() {
      const client = await pool.connect()
      return {
        query: (asked: string, values?: unknown[]) => {
          const text = rewritten(asked)
          return client.query(text, values)
        },
        release: () => client.release(),
      }
    },
    end: async () => undefined,
    on: () => undefined,
    options: {},
  } as unknown as pg.Pool
}
