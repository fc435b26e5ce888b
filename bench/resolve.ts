import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import type { Incoming } from '#know/identity/index.ts'
import { recognise } from '#know/identity/recognise.ts'
import { saveTold } from '#know/identity/save-told.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { type Measured, report, timed } from './harness.ts'
import { batchOf, crowd } from './resolve/made.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/**
 * A batch against a shop of many: 60 % are known by phone or e-mail under another source, 20 % are the source's own again, 18 % are
 * new, 2 % point to two customers at once and make them one. Two parts, both of `resolve`, in one transaction: who each row is, all
 * of it written (profiles, identifiers, new customers, whom each belongs to, merges, proposals); then what the rows say, where four
 * of five give a name that differs from the one shown (values, shown names with their search keys, facts). The peer is the usual
 * pattern, one look-up and one insert a row, on 1,000 of the same rows.
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
    const turns: Turn[] = []
    const again: number[] = []
    const peer: Turn[] = []
    for (let turn = 0; turn < repeats; turn += 1) {
      const batch = await batchOf(ctx, people, size, turn)
      // Taken back, so that every turn finds the same shop.
      await undone(ctx, async (ctx) => {
        turns.push(await resolved(ctx, batch))
        again.push((await resolved(ctx, batch)).whole)
      })
      await undone(ctx, async (ctx) => {
        const ones: Turn[] = []
        for (const one of batch.slice(0, 1_000)) ones.push(await resolved(ctx, [one]))
        const all = (part: keyof Turn) => (ones.reduce((sum, one) => sum + one[part], 0) / ones.length) * size
        peer.push({ who: all('who'), whoSpent: all('whoSpent'), whole: all('whole'), spent: all('spent') })
      })
      const { who, whoSpent, whole, spent } = turns[turn]!
      tell(
        `turn ${turn + 1}: who they are ${who.toFixed(2)} s (${whoSpent.toFixed(2)} of a processor), the whole ${whole.toFixed(2)} s (${spent.toFixed(2)}), the same again ${again[turn]!.toFixed(2)} s; load ${loadavg()[0]!.toFixed(1)}`,
      )
    }
    const of = (all: readonly Turn[], part: keyof Turn) => all.map((one) => one[part])
    const measured: Measured[] = [
      {
        case: `who each of ${size} rows is against ${people} customers, written`,
        unit: 's',
        goal: { of: 'ours', atMost: 10 },
        ours: of(turns, 'who'),
        peer: of(peer, 'who'),
      },
      {
        case: '… its processor time, Postgres and Node',
        unit: 's',
        ours: of(turns, 'whoSpent'),
        peer: of(peer, 'whoSpent'),
      },
      {
        case: '… with what they say: values, names shown and searched, facts',
        unit: 's',
        ours: of(turns, 'whole'),
        peer: of(peer, 'whole'),
      },
      {
        case: '… the processor time of all of it',
        unit: 's',
        ours: of(turns, 'spent'),
        peer: of(peer, 'spent'),
      },
      { case: 'the same batch again, nothing changes', unit: 's', ours: again },
    ]
    await report('resolve', ctx, measured)
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

/** Seconds: until everybody is known, until all is written; and of a processor. */
type Turn = { who: number; whoSpent: number; whole: number; spent: number }

async function resolved(ctx: Context, batch: readonly Incoming[]): Promise<Turn> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(ctx.db)
  const spent = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6 + processorOf(rows[0]!.pid)
  }
  const began = performance.now()
  const before = spent()
  const recognised = await recognise(ctx, batch)
  const known = performance.now()
  const then = spent()
  await saveTold(ctx, recognised)
  const ended = performance.now()
  return {
    who: (known - began) / 1000,
    whoSpent: then - before,
    whole: (ended - began) / 1000,
    spent: spent() - before,
  }
}

/** What a process of this machine had of its processors, in seconds; 0 where Postgres runs elsewhere. */
function processorOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9
  } catch {
    return 0
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
