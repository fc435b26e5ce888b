import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { copyFile, open, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openColumns } from '#platform/clickhouse/connect.ts'
import type { Context } from '#platform/context.ts'
import { announce, type Fact, fact, type Listener, listenOnce, registerListeners } from '#platform/facts/index.ts'
import type { Kept } from '#platform/module.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { migrationNames } from '#platform/postgres/migrate.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll, projectionLag } from '#understand/projection/index.ts'
import { rowsOf, someCustomers } from '#understand/projection/testing/records.ts'
import { type EmptyPlace, useSecondMachine } from '../testing/second-house.ts'
import { sumsOf } from '../testing/sums-of.ts'
import { askForBackup, makeBackup, type Place, restore } from './index.ts'
import { writeBackup } from './make-backup.ts'

const house = useHouse()
const secondMachine = useSecondMachine()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const cupBroken = fact('test.cup_broken', z.object({ cup: z.int() }))

function placeOf(keeps: Kept[] = []): Place {
  return { dataDir: folder, folder, keeps: [{ files: ['secret.key'] }, ...keeps], version: '0.1.0' }
}

async function backedUp(ctx: Context, keeps: Kept[] = [], name = 'shop.tar'): Promise<string> {
  const { id } = await askForBackup(ctx, 'command')
  const path = join(folder, name)
  await makeBackup(ctx, placeOf(keeps), { id, path })
  return path
}

async function restoredTo(place: EmptyPlace, path: string, keeps: Kept[] = []) {
  const columns = openColumns(place.clickhouseUrl)
  try {
    return await restore({ ...place, columns, keeps: [{ files: ['secret.key'] }, ...keeps] }, { path })
  } finally {
    await columns.close()
  }
}

/** A shop with something in every corner that the tests here can fill. */
async function aShop(): Promise<TestContext> {
  const ctx = await house()
  await someCustomers(ctx, [
    { orders: [{ day: '2026-01-05', amount: 100 }] },
    {
      orders: [
        { day: '2026-02-05', amount: 200 },
        { day: '2026-02-07', amount: 50 },
      ],
    },
  ])
  await sql`insert into settings (name, value, changed_by) values ('odd', ${'{"quote":"a\\tb\\\\N\\n","han":"茶"}'}::jsonb, null)`.execute(
    ctx.db,
  )
  await sql`insert into answered_requests (principal, route, key, request_hash, status, body)
            values ('staff:1', 'x', 'y', 'z', 200, ${JSON.stringify({ long: '长'.repeat(100_000) })}::jsonb)`.execute(
    ctx.db,
  )
  await projectAll(ctx)
  return ctx
}

function recorder(): Listener & { heard: Fact[] } {
  const heard: Fact[] = []
  return {
    name: 'recorder',
    kinds: ['test.cup_broken'],
    heard,
    async hear(_ctx, facts) {
      heard.push(...facts)
    },
  }
}

async function hear(ctx: Context, listener: Listener & { heard: Fact[] }, count: number): Promise<number[]> {
  await vi.waitFor(
    async () => {
      while (await listenOnce(ctx, listener)) {}
      if (listener.heard.length < count) throw new Error(`${listener.heard.length} of ${count} heard`)
    },
    { timeout: 60_000, interval: 50 },
  )
  return listener.heard.map((one) => one.data.cup as number)
}

const traitsOf = (ctx: Context) =>
  rowsOf<{ customer_id: number; revenue: number }>(
    ctx,
    'SELECT customer_id, purchases, revenue, toString(last_purchase) AS last FROM traits FINAL ORDER BY customer_id',
  )

const breakCup = (ctx: Context, cup: number) => inTransaction(ctx, (ctx) => announce(ctx, cupBroken, { data: { cup } }))

test('a shop restored on another machine is the same in every table', async () => {
  const ctx = await aShop()
  writeFileSync(join(folder, 'secret.key'), 'the key of this shop', { mode: 0o600 })
  const path = await backedUp(ctx)
  const other = await secondMachine()

  const told = await restoredTo(other, path)
  const restored = await other.open()

  expect(await sumsOf(restored)).toEqual(await sumsOf(ctx))
  expect(told).toMatchObject({ version: '0.1.0', files: [join(other.dataDir, 'secret.key')] })
  expect(readFileSync(join(other.dataDir, 'secret.key'), 'utf8')).toBe('the key of this shop')
  expect(statSync(join(other.dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder).sort()).toEqual(['secret.key', 'shop.tar'])
})

test('keys, indexes and numbers given go on as before', async () => {
  const ctx = await aShop()
  const other = await secondMachine()
  await restoredTo(other, await backedUp(ctx))
  const restored = await other.open()
  const shapes = (of: Context) =>
    sql<{ line: string }>`
      select indexdef as line from pg_indexes where schemaname = 'public' and tablename !~ 'facts_20'
      union all select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
       where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u', 'c') and conrelid::regclass::text !~ 'facts_20' order by 1`.execute(
      of.db,
    )

  expect((await shapes(restored)).rows).toEqual((await shapes(ctx)).rows)
  const [next] = await someCustomers(restored, [{ orders: [{ day: '2026-02-20' }] }])
  const { rows } = await sql<{ most: number }>`select max(id) as most from customers`.execute(ctx.db)
  expect(next).toBeGreaterThan(rows[0]!.most)
})

test('on a younger server the listeners go on where they were and miss nothing', async () => {
  const ctx = await house()
  // The old server has given many more transaction ids than the new one will for a while.
  await sql`do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$`.execute(ctx.db)
  const before = recorder()
  await registerListeners(ctx, [before])
  await breakCup(ctx, 1)
  await hear(ctx, before, 1)
  await breakCup(ctx, 2)
  await breakCup(ctx, 3)
  const other = await secondMachine()
  await restoredTo(other, await backedUp(ctx))
  const restored = await other.open()
  const xidOf = async ({ db }: Context) =>
    Number((await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(db)).rows[0]!.xid)

  const after = recorder()
  await registerListeners(restored, [after])
  await breakCup(restored, 4)
  expect(await hear(restored, after, 3)).toEqual([2, 3, 4])
  await breakCup(restored, 5)
  expect(await hear(restored, after, 4)).toEqual([2, 3, 4, 5])

  if (!process.env.SECOND_DATABASE_URL) expect(await xidOf(restored)).toBeLessThan(await xidOf(ctx))
})

test('the columns are made anew, follow what comes, and nothing old waits for ever', async () => {
  const ctx = await aShop()
  // The old server's transaction ids lie far beyond those of the new one.
  await sql`update customers set xid = '999999999', version = version + 1`.execute(ctx.db)
  const other = await secondMachine()
  await restoredTo(other, await backedUp(ctx))
  const restored = await other.open()

  await projectAll(restored)
  expect(await traitsOf(restored)).toEqual(await traitsOf(ctx))
  await someCustomers(restored, [{ orders: [{ day: '2026-02-20', amount: 700 }] }])
  await projectAll(restored)

  expect((await traitsOf(restored)).map(({ revenue }) => revenue)).toContain(700)
  expect(await projectionLag(restored)).toEqual({ lagSeconds: 0, pendingRows: 0 })
})

test('a backup of an older version is brought up to this one', async () => {
  const old = await secondMachine()
  const upTo = 8
  const ctx = await old.open({ upTo })
  await sql`insert into merchant (name, zone, currency, locale) values ('Old shop', 'Asia/Shanghai', 'CNY', 'zh-CN')`.execute(
    ctx.db,
  )
  await sql`insert into customers (name) values ('林小满')`.execute(ctx.db)
  const path = join(folder, 'old.tar')
  const file = await open(path, 'w')
  await withConnection(ctx.db, (client, db) =>
    writeBackup(ctx, placeOf(), {
      client,
      db,
      write: async (bytes) => void (await file.write(bytes)),
      report: { at: () => undefined, signal: new AbortController().signal },
    }),
  )
  await file.close()

  const other = await secondMachine()
  await restoredTo(other, path)
  const restored = await other.open()

  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(restored.db)
  expect(rows.map(({ name }) => name)).toEqual(await migrationNames())
  expect(rows.length).toBeGreaterThan(upTo)
  expect((await sql<{ name: string }>`select name from customers`.execute(restored.db)).rows).toEqual([
    { name: '林小满' },
  ])
})

test('what is truth in the columns comes back, up to what the records know of', async () => {
  const ctx = await aShop()
  const table =
    'CREATE TABLE steps (id UInt64, who String, at DateTime64(3)) ENGINE = MergeTree PARTITION BY id % 3 ORDER BY id'
  await ctx.columns.command({ query: table })
  await ctx.columns.command({
    query: "INSERT INTO steps SELECT number, repeat('步', number % 50), now64() FROM numbers(20000)",
  })
  await sql`insert into settings (name, value) values ('steps', '15000')`.execute(ctx.db)
  const keeps: Kept[] = [
    {
      columns: [
        {
          table: 'steps',
          async known({ db }) {
            const { rows } = await sql<{ value: number }>`select value from settings where name = 'steps'`.execute(db)
            return `id < ${rows[0]!.value}`
          },
        },
      ],
    },
  ]
  const other = await secondMachine()
  const there = await other.open()
  await there.columns.command({ query: table })
  await there.close()

  await restoredTo(other, await backedUp(ctx, keeps), keeps)
  const restored = await other.open()

  const sums = async (of: Context) =>
    (
      await of.columns.query({
        query: 'SELECT count() AS count, sum(cityHash64(id, who, at)) AS sum FROM steps WHERE id < 15000',
        format: 'JSONEachRow',
      })
    ).json()
  const all = await restored.columns.query({ query: 'SELECT count() AS count FROM steps', format: 'JSONEachRow' })
  expect(await sums(restored)).toEqual(await sums(ctx))
  expect(await all.json()).toEqual([{ count: 15000 }])
})

describe('a restore refuses', () => {
  test('a file that is cut off anywhere, and says where; the house stays empty', async () => {
    const path = await backedUp(await aShop())
    const whole = await readFile(path)
    const other = await secondMachine()

    for (const bytes of [100, 512, 3000, Math.floor(whole.length / 2), whole.length - 2000, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, bytes))
      await expect(restoredTo(other, path), `${bytes} of ${whole.length}`).rejects.toMatchObject({
        code: 'archive.truncated',
        params: { at: bytes },
      })
    }
    writeFileSync(path, whole)
    await restoredTo(other, path)
  })

  test('a file with one changed byte, and says in which part', async () => {
    const path = await backedUp(await aShop())
    const whole = await readFile(path)
    const orders = whole.indexOf('records/public.orders/00001.copy.zst') + 512
    const manifest = whole.indexOf('manifest.json') + 600
    const other = await secondMachine()
    const damagedAt = async (at: number) => {
      const bent = Buffer.from(whole)
      bent[at]! ^= 1
      writeFileSync(path, bent)
      return restoredTo(other, path).then(
        () => 'taken',
        (refusal) => refusal,
      )
    }

    expect(await damagedAt(orders + 3)).toMatchObject({
      code: 'archive.damaged',
      params: { part: 'records/public.orders/00001.copy.zst', at: orders },
    })
    expect(await damagedAt(manifest)).toMatchObject({ code: 'archive.damaged', params: { part: 'manifest.json' } })
    expect(await damagedAt(0)).toMatchObject({ code: 'archive.foreign' })
    for (let step = 1; step < 40; step += 1) {
      const at = Math.floor(((whole.length - 1025) * step) / 40)
      expect(await damagedAt(at), `byte ${at}`).toMatchObject({ code: 'archive.damaged' })
    }
    const restored = await other.open()
    expect((await sql`select from merchant`.execute(restored.db)).rows).toEqual([])
  })

  test('what is no backup', async () => {
    const other = await secondMachine()
    writeFileSync(join(folder, 'photo.jpg'), 'x'.repeat(5000))

    await expect(restoredTo(other, join(folder, 'photo.jpg'))).rejects.toMatchObject({ code: 'archive.foreign' })
    await expect(restoredTo(other, join(folder, 'nowhere.tar'))).rejects.toMatchObject({ code: 'archive.missing' })
  })

  test('a house that somebody has set up, but not one that was only started', async () => {
    const ctx = await aShop()
    const path = await backedUp(ctx)
    const other = await secondMachine()
    const started = await other.open()
    await registerListeners(started, [recorder()])
    await sql`insert into staff_links (kind, token_hash, created_by, created_at) values ('set_up', 'x', 'system', now())`.execute(
      started.db,
    )

    await expect(restoredTo(other, path)).rejects.toMatchObject({ code: 'backup.in_use' })
    await started.close()
    await restoredTo(other, path)
    await expect(restoredTo(other, path)).rejects.toMatchObject({ code: 'backup.not_empty' })

    const restored = await other.open()
    expect(await sumsOf(restored)).toEqual(await sumsOf(ctx))
  })

  test('a database that holds another program’s tables', async () => {
    const path = await backedUp(await house())
    const other = await secondMachine()
    const opened = await other.open()
    await sql`create table wp_posts (id int)`.execute(opened.db)
    await opened.close()

    await expect(restoredTo(other, path)).rejects.toMatchObject({
      code: 'backup.foreign_tables',
      params: { table: 'wp_posts' },
    })
  })

  test('a file from a newer version', async () => {
    const ctx = await house()
    await sql`insert into migrations (name) values ('9999-tomorrow.sql')`.execute(ctx.db)

    await expect(restoredTo(await secondMachine(), await backedUp(ctx))).rejects.toMatchObject({ code: 'backup.newer' })
  })
})

test('a restore that breaks in the middle leaves nothing', async () => {
  const ctx = await aShop()
  const path = await backedUp(ctx)
  const other = await secondMachine()
  const opened = await other.open()
  await opened.close()
  const columns = openColumns(other.clickhouseUrl)
  const stop = new AbortController()

  const broken = restore(
    { ...other, columns, keeps: [] },
    { path, signal: stop.signal, onProgress: ({ phase }) => phase.includes('orders') && stop.abort() },
  )

  await expect(broken).rejects.toThrow()
  await columns.close()
  const left = await other.open()
  expect((await sql`select from merchant`.execute(left.db)).rows).toEqual([])
  await left.close()
  const copy = join(folder, 'again.tar')
  await copyFile(path, copy)
  await restoredTo(other, copy)
  expect(await sumsOf(await other.open())).toEqual(await sumsOf(ctx))
})
