import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Analytics } from '@segment/analytics-node'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openHouse } from '#app/open-house.ts'
import { makeWriteKey } from '#doors/ingest/index.ts'
import { foundMerchant } from '#know/shops/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { keepPost, type Post } from '../crash/processes.ts'
import { randomOf } from '../crash/random.ts'
import { faultyProxy } from './faulty-proxy.ts'

// Segment's own client for Node, as its makers ship it, sends over a line that fails one exchange in five, to a house whose processes
// are killed all the while. What it took counts once. TRACKING_EVENTS=100000 sends as many as the issue asks for.

const events = Number(process.env.TRACKING_EVENTS ?? 1_500)
const kills = Number(process.env.TRACKING_KILLS ?? 10)
// Shares no factor with the orders: everybody looks and buys.
const people = events >= 10_000 ? 499 : 97
const orderEvery = 50

test(
  `${events} events over a bad line, through ${kills} deaths: nothing is lost and nothing is doubled`,
  async () => {
    const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6))
    const random = randomOf(seed)
    const dataDir = mkdtempSync(join(tmpdir(), 'regulars-tracking-'))
    const house = await openHouse(readConfig({ REGULARS_DATA: dataDir, LOG_LEVEL: 'silent' }, dataDir))
    const { ctx } = house
    const posts: Post[] = []
    const stop = new AbortController()
    const fell: string[] = []
    const proxy = await faultyProxy(() => posts.find(({ kind }) => kind === 'serve')?.origin, random)
    try {
      await foundMerchant(
        ctx,
        { name: 'Under fire', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
        { name: 'Shop' },
      )
      // The worker of test/crash writes down what it hears.
      await sql`create schema crash`.execute(ctx.db)
      await sql`create table crash.heard (fact_id bigint not null)`.execute(ctx.db)
      const { key } = await makeWriteKey(ctx, { name: 'Web shop', shopId: 1, place: 'server', orders: true })
      const env = { REGULARS_DATA: dataDir }
      posts.push(keepPost('serve', 'serve', env, (line) => fell.push(line)))
      posts.push(keepPost('work', 'work', env, (line) => fell.push(line)))
      await until('the house is open', 120_000, async () => posts.every(({ up }) => up))

      const killer = killAll(posts, random, stop.signal)
      const failed = await sendAll(key, proxy.url)
      const killed = await killer
      await until('all is worked off', 300_000, () => isCalm(ctx))

      const [told] = await (
        await ctx.columns.query({
          query: `SELECT count() AS count, uniqExact(JSONExtractUInt(properties, 'n')) AS different,
                         uniqExact(profile_id) AS profiles FROM behaviour`,
          format: 'JSONEachRow',
        })
      ).json<{ count: number; different: number; profiles: number }>()
      const { rows } = await sql<{ orders: number; amount: number; customers: number; drops: number; facts: number }>`
        select (select count(*) from orders) as orders, (select sum(amount)::bigint from orders) as amount,
               (select count(*) from customers) as customers, (select count(*) from ingest_drops) as drops,
               (select count(*) from facts where kind = 'orders.placed') as facts`.execute(ctx.db)

      console.error(
        `seed ${seed}: ${proxy.exchanges()} exchanges, ${JSON.stringify(proxy.committed)}, ${killed} kills, ${fell.length} fell`,
      )
      const orders = Math.ceil(events / orderEvery)
      expect(failed, 'what the client gave up').toBe(0)
      expect(told, `seed ${seed}`).toEqual({
        count: events - orders,
        different: events - orders,
        profiles: Math.min(people, events - orders),
      })
      expect(rows, `seed ${seed}`).toEqual([
        { orders, amount: orders * 2_500, customers: people, drops: 0, facts: orders },
      ])
      expect(killed).toBe(kills)
      for (const [fault, count] of Object.entries(proxy.committed)) expect(count, fault).toBeGreaterThan(0)
    } finally {
      stop.abort()
      await Promise.all(posts.map((post) => post.stop()))
      await proxy.close()
      await house.close()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    }
  },
  Math.max(540_000, events * 60),
)

/** Kills the server or the worker, whichever is up. */
async function killAll(
  posts: readonly Post[],
  random: ReturnType<typeof randomOf>,
  stop: AbortSignal,
): Promise<number> {
  let killed = 0
  while (killed < kills && !stop.aborted) {
    await pause(200 + random.below(700))
    const alive = posts.filter(({ up, pid }) => up && pid)
    if (alive.length === 0) continue
    process.kill(random.of(alive).pid!, 'SIGKILL')
    killed += 1
  }
  return killed
}

/** @returns how many events the client gave up */
async function sendAll(writeKey: string, host: string): Promise<number> {
  let failed = 0
  const analytics = new Analytics({ writeKey, host, maxRetries: 200, flushInterval: 500, httpRequestTimeout: 60_000 })
  analytics.on('error', () => {
    failed += 1
  })
  for (let n = 0; n < events; n += 1) {
    const userId = `user-${n % people}`
    if (n % orderEvery === 0) {
      const properties = {
        n,
        order_id: `A-${n}`,
        total: 25,
        products: [{ sku: `TEA-${n % 7}`, price: 12.5, quantity: 2 }],
      }
      analytics.track({ userId, event: 'Order Completed', properties })
    } else analytics.track({ userId, event: 'Product Viewed', properties: { n, sku: `TEA-${n % 7}` } })
    // A shop's events come over time: so do these, so that deaths fall among them.
    if (n % 100 === 99) await pause((kills * 900 * 100) / events)
  }
  await analytics.closeAndFlush({ timeout: Math.max(420_000, events * 40) })
  return failed
}

async function isCalm(ctx: Context): Promise<boolean> {
  try {
    const { rows } = await sql<{ left: number }>`
      select (select count(*) from inbox) + (select count(*) from behaviour_batches) as left`.execute(ctx.db)
    return rows[0]!.left === 0
  } catch {
    return false
  }
}

async function until(what: string, ms: number, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${ms / 1000} s: ${what}`)
    await pause(200)
  }
}
