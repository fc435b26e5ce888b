import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll, rebuild } from './index.ts'
import { aCrowd, giveProfile, profileOf, rowsOf, someCustomers } from './testing/records.ts'

const house = useHouse()

/** Everything that readers see, and the physical rows, by which a doubled insert would show. */
async function shownBy(ctx: Context): Promise<unknown[]> {
  return rowsOf(
    ctx,
    `SELECT (SELECT count() FROM orders FINAL) AS orders, (SELECT sum(amount) FROM orders FINAL) AS amount,
            (SELECT count() FROM order_lines FINAL) AS lines, (SELECT count() FROM customers FINAL) AS customers,
            (SELECT count() FROM profile_customers FINAL) AS mapped, (SELECT count() FROM facts FINAL) AS facts,
            (SELECT sum(revenue) FROM sales FINAL) AS sold,
            (SELECT (count(), sum(purchases), sum(revenue), sum(cityHash64(profiles, days, amounts))) FROM traits FINAL) AS traits`,
  )
}

async function rawRows(ctx: Context): Promise<unknown[]> {
  return rowsOf(
    ctx,
    `SELECT (SELECT count() FROM orders) AS orders, (SELECT count() FROM order_lines) AS lines, (SELECT count() FROM customers) AS customers`,
  )
}

/** The same house, whose columns fail at the n-th insert, before or after it has arrived. */
function failingAt(ctx: TestContext, insert: number, when: 'before' | 'after'): Context {
  let count = 0
  const columns = new Proxy(ctx.columns, {
    get(target, name) {
      if (name !== 'insert') {
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      }
      return async (params: Parameters<typeof target.insert>[0]) => {
        count += 1
        if (count === insert && when === 'before') throw new Error('power cut')
        const result = await target.insert(params)
        if (count === insert) throw new Error('power cut')
        return result
      }
    },
  })
  return { ...ctx, columns }
}

test('cut off before or after any insert, nothing is lost and nothing counted twice', async () => {
  const ctx = await house()
  await aCrowd(ctx, 200)
  await projectAll(ctx)
  const whole = await shownBy(ctx)
  const raw = await rawRows(ctx)

  for (const when of ['before', 'after'] as const) {
    const other = await house()
    await aCrowd(other, 200)
    for (let insert = 1; ; insert += 1) {
      const failed = await projectAll(failingAt(other, insert, when)).then(
        () => false,
        () => true,
      )
      if (!failed) break
      expect(insert).toBeLessThan(20)
    }
    await projectAll(other)

    expect(await shownBy(other)).toEqual(whole)
    expect(await rawRows(other)).toEqual(raw)
  }
}, 120_000)

test('killed at random moments while orders come in, the columns end as the records are', async () => {
  const ctx = await house()
  await ctx.columns.ping()
  const child = fileURLToPath(new URL('./testing/project-forever.ts', import.meta.url))
  for (let round = 0; round < 4; round += 1) {
    const process = spawn(globalThis.process.execPath, [child, JSON.stringify(ctx.urls)], { stdio: 'ignore' })
    await aCrowd(ctx, 150, round)
    await sql`update orders set amount = amount + 1, version = version + 1, xid = pg_current_xact_id() where id % 7 = ${round}`.execute(
      ctx.db,
    )
    await sql`with gone as (delete from orders where id % 41 = ${round} returning id)
      insert into tombstones (entity, row_id) select 'orders', id from gone`.execute(ctx.db)
    await sleep(400 + Math.random() * 800)
    process.kill('SIGKILL')
    await new Promise((resolve) => process.once('exit', resolve))
  }
  await projectAll(ctx)
  const followed = await shownBy(ctx)

  await rebuild(ctx)

  expect(await shownBy(ctx)).toEqual(followed)
  const { rows } = await sql<{ orders: number; amount: number; lines: number }>`
    select (select count(*) from orders) as orders, (select sum(amount)::bigint from orders) as amount,
           (select count(*) from order_lines) as lines`.execute(ctx.db)
  expect(followed).toMatchObject(rows)
}, 120_000)

test('the columns are rebuilt while the shop runs, and readers never see a hole', async () => {
  const ctx = await house()
  await aCrowd(ctx, 300)
  const [ana, anna] = await someCustomers(ctx, [
    { orders: [{ day: '2026-01-05' }] },
    { orders: [{ day: '2026-02-05' }] },
  ])
  await projectAll(ctx)
  const customers = (await rowsOf<{ count: number }>(ctx, 'SELECT count() AS count FROM traits FINAL'))[0]!.count
  const seen: number[] = []
  let over = false
  const reader = (async () => {
    while (!over) {
      seen.push((await rowsOf<{ count: number }>(ctx, 'SELECT count() AS count FROM traits FINAL'))[0]!.count)
      await sleep(20)
    }
  })()

  const steps: string[] = []
  const profile = await profileOf(ctx, anna!)
  const copied = await rebuild(ctx, {
    onProgress: (text) => {
      steps.push(text)
      if (text === 'catching up' && !steps.includes('merged')) {
        steps.push('merged')
        void giveProfile(ctx, profile, ana!)
      }
    },
  })
  over = true
  await reader
  await projectAll(ctx)

  expect(copied).toMatchObject({ customers: 302 })
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(customers - 1)
  const { revenue } = (
    await rowsOf<{ revenue: number }>(ctx, `SELECT revenue FROM traits FINAL WHERE customer_id = ${ana}`)
  )[0]!
  expect(revenue).toBe(20_000)
  const merged = await shownBy(ctx)
  await rebuild(ctx)
  expect(await shownBy(ctx)).toEqual(merged)
}, 60_000)

test('a rebuild that is cut off leaves the columns as they were, and the next one ends well', async () => {
  const ctx = await house()
  await aCrowd(ctx, 100)
  await projectAll(ctx)
  const before = await shownBy(ctx)
  const stop = new AbortController()

  const cut = rebuild(ctx, { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) })
  await expect(cut).rejects.toThrow('stopped')
  expect(await shownBy(ctx)).toEqual(before)

  await rebuild(ctx)
  expect(await shownBy(ctx)).toEqual(before)
})

test('after a restore, a new epoch, the columns are made anew', async () => {
  const ctx = await house()
  await aCrowd(ctx, 50)
  await projectAll(ctx)
  // Rows of the old server carry transaction ids that this one has not reached; one customer is not in the backup.
  await sql`update orders set xid = '999999999999'`.execute(ctx.db)
  await sql`delete from customers where id = 7`.execute(ctx.db)
  await sql`insert into epochs (epoch, system_identifier) values (2, 'another')`.execute(ctx.db)

  await projectAll(ctx)
  const restored = await shownBy(ctx)
  await sql`update orders set amount = 1, version = version + 1, xid = pg_current_xact_id()`.execute(ctx.db)
  await projectAll(ctx)

  expect(restored).toMatchObject([{ customers: 49 }])
  const { rows } = await sql<{ orders: number }>`select count(*) as orders from orders`.execute(ctx.db)
  expect(await shownBy(ctx)).toMatchObject([{ orders: rows[0]!.orders, amount: rows[0]!.orders }])
})
