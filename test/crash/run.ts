import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { foundMerchant } from '#know/shops/index.ts'
import { aStaff, theirPassword } from '#know/staff/testing/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { projectionLag } from '#understand/projection/index.ts'
import { checkers } from './checkers.ts'
import { aClient, type Street } from './clients.ts'
import { commit, type Fault } from './faults.ts'
import { type History, keepHistory, type Told } from './history.ts'
import { keepPost, type Post } from './processes.ts'
import { randomOf } from './random.ts'
import { readTruth, type Truth } from './truth.ts'

export type Plan = {
  seed: number
  /** What is committed, in an order that the seed decides; or, with `ms`, again and again for so long. */
  faults: readonly Fault[]
  ms?: number
  /** Between two faults: at least, and at most. */
  gap?: [number, number]
  clients?: number
  /** A file system of its own, so that it can be filled: asks for the right to mount. */
  ownDisk?: boolean
  say?: (line: string) => void
}

export type Outcome = {
  seed: number
  committed: Partial<Record<Fault, number>>
  acknowledged: number
  refused: number
  unknown: number
  /** What the checkers complain of. */
  violations: Record<string, string[]>
  /** Seconds from the last fault until all stood as it should. */
  recovered: number
  history: readonly Told[]
  truth: Truth
  /** Lives that ended by themselves, with their last words. */
  fell: string[]
}

/**
 * A shop with two servers and two workers, under clients and faults; at the end what was acknowledged is held against what is there.
 * @throws Error where it does not stand again three minutes after the last fault
 */
export async function runCrash(plan: Plan): Promise<Outcome> {
  const { seed, say = () => undefined } = plan
  const random = randomOf(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'regulars-crash-'))
  if (plan.ownDisk) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500m,mode=700', 'none', dataDir])
  const config = readConfig({ REGULARS_DATA: dataDir, LOG_LEVEL: 'silent' }, dataDir)
  const house = await openHouse(config)
  const { ctx } = house
  const fell: string[] = []
  const posts: Post[] = []
  // Beside the shop's disk, which may be full.
  const record = `${dataDir}.history.jsonl`
  const history = keepHistory(record)
  try {
    await foundMerchant(
      ctx,
      { name: 'Under fire', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
      { name: 'Shop' },
    )
    await sql`create schema crash`.execute(ctx.db)
    await sql`create table crash.heard (fact_id bigint not null)`.execute(ctx.db)
    await sql`create index on crash.heard (fact_id)`.execute(ctx.db)
    const env = { REGULARS_DATA: dataDir }
    for (const name of ['serve 1', 'serve 2']) posts.push(keepPost(name, 'serve', env, (line) => fell.push(line)))
    for (const name of ['work 1', 'work 2']) posts.push(keepPost(name, 'work', env, (line) => fell.push(line)))
    await until('the shop is open', 120_000, async () => posts.every(({ up }) => up), fell)

    const street: Street = { customers: [], orders: [], posts, made: 0 }
    const stop = new AbortController()
    const clients: Promise<void>[] = []
    for (let client = 1; client <= (plan.clients ?? 6); client += 1) {
      const email = `till${client}@shop.example`
      await aStaff(ctx, { email, role: 'assistant' })
      const cookie = await signIn(posts[0]!.origin!, email)
      clients.push(aClient(client, cookie, { street, history, random: randomOf(seed + client), stop: stop.signal }))
    }

    const committed: Outcome['committed'] = {}
    const began = performance.now()
    const turns = shuffled(plan.faults, random)
    for (let turn = 0; plan.ms ? performance.now() - began < plan.ms : turn < turns.length; ) {
      const [least, most] = plan.gap ?? [300, 1_500]
      await pause(least + random.below(most - least))
      await served(history, 2)
      const fault = turns[turn % turns.length]!
      if (!(await commit(fault, { dataDir, posts, ctx, random, now: () => performance.now() }))) continue
      committed[fault] = (committed[fault] ?? 0) + 1
      turn += 1
      say(`${Math.round((performance.now() - began) / 1000)} s: ${fault}; acknowledged ${count(history, 'ok')}`)
    }
    const last = performance.now()
    await until('the processes stand again', 180_000, async () => posts.every(({ up }) => up), fell)
    await pause(1_000)
    stop.abort()
    await Promise.all(clients)
    await until('columns and listener have caught up', 180_000, () => isCalm(ctx))
    const recovered = (performance.now() - last) / 1000

    const truth = await readTruth(ctx)
    const violations = Object.fromEntries(
      Object.entries(checkers).map(([name, check]) => [name, check(history.told, truth)]),
    )
    return {
      seed,
      committed,
      acknowledged: count(history, 'ok'),
      refused: count(history, 'no'),
      unknown: count(history, 'unknown'),
      violations,
      recovered,
      history: history.told,
      truth,
      fell,
    }
  } finally {
    for (const post of posts) await post.stop()
    await house.close()
    history.close()
    if (plan.ownDisk) execFileSync('umount', ['-l', dataDir])
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    rmSync(record, { force: true })
  }
}

/** Waits until so many more were told yes, on a slow machine too: a shop that never opens between two deaths shows nothing. 20 s at most. */
async function served(history: History, more: number): Promise<void> {
  const wanted = count(history, 'ok') + more
  const end = performance.now() + 20_000
  while (count(history, 'ok') < wanted && performance.now() < end) await pause(20)
}

/** Every fact below the horizon is heard, every row is in the columns. */
async function isCalm(ctx: Context): Promise<boolean> {
  try {
    const { rows } = await sql<{ left: number }>`
      select count(*) as left from facts f
       where f.kind in ('orders.placed', 'orders.cancelled', 'customers.added', 'customers.changed') and not f.historic
         and not exists (select 1 from crash.heard h where h.fact_id = f.id)`.execute(ctx.db)
    // A fact that is never heard is for the checker to tell: after a while the position itself must be enough.
    const passed = await sql<{ passed: boolean }>`
      select (select (epoch, xid, id) from listeners where name = 'crash.ear')
             >= (select (epoch, xid, id) from facts order by epoch desc, xid desc, id desc limit 1) as passed`.execute(
      ctx.db,
    )
    return (rows[0]!.left === 0 || passed.rows[0]!.passed) && (await projectionLag(ctx)).pendingRows === 0
  } catch {
    return false
  }
}

async function until(
  what: string,
  ms: number,
  holds: () => Promise<boolean>,
  fell: readonly string[] = [],
): Promise<void> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${ms / 1000} s: ${what}. ${fell.at(-1) ?? ''}`)
    await pause(200)
  }
}

async function signIn(origin: string, email: string): Promise<string> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: theirPassword }),
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

function shuffled<T>(items: readonly T[], random: ReturnType<typeof randomOf>): T[] {
  const left = [...items]
  return items.map(() => left.splice(random.below(left.length), 1)[0]!)
}

function count(history: History, outcome: Told['outcome']): number {
  return history.told.filter((one) => one.outcome === outcome && one.what !== 'read').length
}

/** Writes what a run found beside the benchmarks' results, in their manner. */
export function writeResults(path: string, outcomes: readonly Outcome[]): void {
  const rows = outcomes.map(({ seed, committed, acknowledged, refused, unknown, violations, recovered }) => ({
    seed,
    committed,
    acknowledged,
    refused,
    unknown,
    lost: matching(violations, /^lost/),
    doubled: matching(violations, /^doubled|^two answers|times$/),
    violations: Object.values(violations).flat().length,
    recoveredSeconds: Math.round(recovered),
  }))
  writeFileSync(path, `${JSON.stringify({ name: 'crash', at: new Date().toISOString(), rows }, null, 2)}\n`)
}

function matching(violations: Outcome['violations'], pattern: RegExp): number {
  return Object.values(violations)
    .flat()
    .filter((line) => pattern.test(line)).length
}
