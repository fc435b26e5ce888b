import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openHouse } from '#app/open-house.ts'
import { movableClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { thresholdsOf } from '#understand/lifecycle/index.ts'
import { estimateQuestion, tallyQuestion } from '#understand/segments/index.ts'
import { alternate, type Measured, median, percentile, report, timed } from './harness.ts'
import { asDuck, type Duck, keepInDuck } from './segments/by-duck.ts'
import { byHand, type Told } from './segments/by-hand.ts'
import { asRows, keepRows } from './segments/by-rows.ts'
import { ask, madeShop } from './segments/made.ts'
import { type Reference, references } from './segments/reference.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/** The shop's day: what is made lies before it, whenever this runs. */
const today = '2026-11-22'

/** A statement of the peer that takes longer is given up, and counted with this. */
const longest = 180_000

/**
 * The twelve reference segments: the estimate, the exact count, beside the best statement by hand on the same columns, and the same
 * question in Postgres over rows with proper indexes, and in DuckDB over the same rows. Every count is compared before it is timed. All warm. Beside the time on the wall
 * the engine's processor time is told, which neighbours on the machine change less.
 * @param options --customers 100000 --orders 10 x --events 50 x --repeats 7 --estimates 20 (of each) --rows 1 (repeats in Postgres; 0: not
 *   asked, nothing kept as rows) --duck 1 (DuckDB is asked, where it is
 *   installed; else it is not) --only PART (names that contain it) --data FOLDER that has them, or is filled and kept --make yes: only that
 */
export async function run(options: Record<string, string>): Promise<void> {
  const customers = Number(options.customers ?? 100_000)
  const size = {
    customers,
    orders: Number(options.orders ?? customers * 10),
    events: Number(options.events ?? customers * 50),
    today,
  }
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-segments-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  const ctx: Context = { ...house.ctx, clock: movableClock(`${today}T04:00:00Z`) }
  const inRows = Number(options.rows ?? 1)
  try {
    tell(`columns: ${((await timed(() => madeShop(ctx, size, tell))) / 1000).toFixed(1)} s`)
    await withConnection(ctx.db, async (client) => {
      if (inRows > 0) {
        const took = await timed(() => keepRows(ctx, client, customers, tell))
        tell(`rows: ${(took / 1000).toFixed(1)} s`)
      }
      const duck = options.duck !== '1' ? undefined : await keepInDuck(ctx, join(dataDir, 'duck'), customers, tell)
      if (options.make) return
      const measured = await all(ctx, client, duck, {
        repeats: Number(options.repeats ?? 7),
        estimates: Number(options.estimates ?? 20),
        inRows,
        only: options.only ?? '',
      })
      await report('segments', ctx, measured)
    })
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

type Asking = { repeats: number; estimates: number; inRows: number; only: string }

async function all(ctx: Context, client: pg.ClientBase, duck: Duck | undefined, asking: Asking): Promise<Measured[]> {
  const told: Told = { today, thresholds: (await thresholdsOf(ctx)).value }
  const [hands, rows, ducks] = [byHand(told), asRows(told), asDuck(told)]
  const measured: Measured[] = []
  const estimated: number[] = []
  const ratios: number[] = []
  await client.query(
    `set statement_timeout = ${longest}; set work_mem = '256MB'; set max_parallel_workers_per_gather = 1`,
  )
  for (const [place, reference] of references(today).entries()) {
    if (!reference.name.includes(asking.only)) continue
    const one = await asked(ctx, reference, hands[place]!, asking)
    estimated.push(...one.estimates)
    measured.push(...one.measured)
    if (duck) {
      const peer = await inDuck(duck, ducks[place]!, one.matched, asking.repeats)
      tell(`  in DuckDB ${median(peer).toFixed(0)} ms`)
      measured.push({ case: `${reference.name}, beside DuckDB`, unit: 'ms', ours: one.ours, peer })
    }
    if (asking.inRows === 0) continue
    const peer = await inRows(client, rows[place]!, one.matched, asking.inRows)
    const ours = median(one.ours)
    ratios.push(median(peer) / ours)
    tell(`  in rows ${(median(peer) / 1000).toFixed(1)} s: ${(median(peer) / ours).toFixed(0)} times as long`)
    measured.push({ case: `${reference.name}, beside rows in Postgres`, unit: 'ms', ours: one.ours, peer })
  }
  measured.push({
    case: 'estimates from a sample, p95 of all',
    unit: 'ms',
    ours: [percentile(estimated, 0.95)],
    goal: { of: 'ours', atMost: 300 },
  })
  if (ratios.length > 0) {
    measured.push({
      case: 'rows in Postgres take so many times as long, median of all',
      unit: '×',
      ours: [median(ratios)],
      goal: { of: 'ours', atLeast: 20 },
    })
  }
  return measured
}

async function asked(ctx: Context, { name, kind, question }: Reference, hand: string, asking: Asking) {
  const ours = () => tallyQuestion(ctx, question)
  const theirs = () => ask<{ n: number }>(ctx, hand)
  const [{ matched }, [found]] = [await ours(), await theirs()]
  if (matched !== found!.n) throw new Error(`${name}: ${matched} are found, by hand ${found!.n}`)
  const guess = await estimateQuestion(ctx, question)
  if (guess.exact ? guess.matched !== matched : Math.abs(guess.matched - matched) > 3 * (guess.most - guess.least))
    throw new Error(`${name}: ${matched} are found, estimated ${guess.matched}`)
  const estimates: number[] = []
  for (let turn = 0; turn < asking.estimates; turn += 1)
    estimates.push(await timed(() => estimateQuestion(ctx, question)))
  const times = await alternate(
    asking.repeats,
    () => timed(ours),
    () => timed(theirs),
  )
  const [cpu, handCpu] = [await processorTime(ctx, ours), await processorTime(ctx, theirs)]
  const guessCpu = await processorTime(ctx, () => estimateQuestion(ctx, question))
  const about = guess.exact ? 'exact' : `${guess.least}–${guess.most}`
  tell(
    `${name}: ${matched}\n  estimate ${guess.matched} (${about}) p95 ${percentile(estimates, 0.95).toFixed(0)} ms, processor ${guessCpu.toFixed(0)}; count ${median(times.ours).toFixed(0)} ms, by hand ${median(times.peer).toFixed(0)}; processor ${cpu.toFixed(0)} and ${handCpu.toFixed(0)} ms`,
  )
  const quick = kind === 'attributes' || kind === 'orders'
  const measured: Measured[] = [
    { case: `${name}, count`, unit: 'ms', ours: times.ours, goal: { of: 'ours', atMost: quick ? 300 : 3000 } },
    { case: '… beside a statement by hand', unit: 'ms', ...times, goal: { of: 'ratio', atMost: 1.3 } },
    { case: '… the engine’s processor time', unit: 'ms', ours: [cpu], peer: [handCpu] },
    { case: '… estimate, p95', unit: 'ms', ours: [percentile(estimates, 0.95)] },
  ]
  return { matched, ours: times.ours, estimates, measured }
}

/** Warm, and compared; once where that alone takes longer than ten seconds. */
async function inRows(client: pg.ClientBase, statement: string, matched: number, repeats: number): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn <= repeats; turn += 1) {
    const took = await timed(async () => {
      try {
        const { rows } = await client.query(statement)
        if (rows[0].n !== matched) throw new Error(`${matched} are found, in rows ${rows[0].n}: ${statement}`)
      } catch (error) {
        if ((error as { code?: string }).code !== '57014') throw error
        tell('  in rows: given up')
      }
    })
    times.push(took)
    if (took > 10_000) return [Math.min(...times)]
  }
  return times.slice(1)
}

/** Warm, and compared. */
async function inDuck(duck: Duck, statement: string, matched: number, repeats: number): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn <= repeats; turn += 1) {
    times.push(
      await timed(async () => {
        const [[n] = []] = (await duck.runAndReadAll(statement)).getRows()
        if (n !== matched) throw new Error(`${matched} are found, in DuckDB ${n}: ${statement}`)
      }),
    )
  }
  return times.slice(1)
}

/** What a statement costs the engine, in milliseconds of a processor: the least of three, so that merges beside it are left out. */
async function processorTime(ctx: Context, work: () => Promise<unknown>): Promise<number> {
  const used = async () => {
    const [row] = await ask<{ spent: number }>(
      ctx,
      "SELECT sum(value) AS spent FROM system.events WHERE event IN ('UserTimeMicroseconds', 'SystemTimeMicroseconds')",
    )
    return row!.spent / 1000
  }
  const each: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const before = await used()
    await work()
    each.push((await used()) - before)
  }
  return Math.min(...each)
}
