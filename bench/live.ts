import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { appendBehaviour, writeBatches } from '#know/behaviour/index.ts'
import { movableClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { basesOf } from '#understand/membership/basis.ts'
import { keepMemberships } from '#understand/membership/index.ts'
import { only } from '#understand/membership/recount.ts'
import { compileMembers, type ManyKept } from '#understand/query/index.ts'
import { addSegment } from '#understand/segments/index.ts'
import { type Measured, percentile, report, timed } from './harness.ts'
import { besideMautic, besideStates } from './live/beside.ts'
import { hundredSegments, type LiveKind } from './live/hundred.ts'
import { madePeople } from './live/people.ts'
import { ask, madeShop } from './segments/made.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)
const today = '2026-11-22'

/**
 * A hundred live segments: counted together beside one by one; how long after an event somebody comes in; what they cost while nothing
 * happens. At a million customers five minutes, once they are made. @param options --customers 100000 --orders 10 x --events 50 x --repeats 2 (of the hundred together; one by one
 *   once) --rate 500 (events a second) --seconds 30 --data FOLDER that has them, or is filled and kept --peers 0 (1: the ways of others are
 *   asked too; they keep rows in Postgres, and each is waited for two minutes)
 */
export async function run(options: Record<string, string>): Promise<void> {
  const customers = Number(options.customers ?? 100_000)
  const size = {
    customers,
    orders: Number(options.orders ?? customers * 10),
    events: Number(options.events ?? customers * 50),
    today,
  }
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-live-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  const ctx: Context = {
    ...house.ctx,
    clock: { ...movableClock(`${today}T04:00:00Z`), machine: house.ctx.clock.machine },
  }
  try {
    tell(`columns: ${((await timed(() => madeShop(ctx, size, tell))) / 1000).toFixed(1)} s`)
    await madePeople(ctx, customers)
    const kinds = await saved(ctx)
    const measured = await together(ctx, kinds, Number(options.repeats ?? 2))
    let cycleSeconds: number | undefined
    if (options.peers === '1') {
      const beside = await besideOthers(ctx, customers)
      measured.push(...beside.measured)
      cycleSeconds = beside.cycleSeconds
    }
    const [rate, seconds] = [Number(options.rate ?? 500), Number(options.seconds ?? 30)]
    measured.push(...(await whenSomethingHappens(ctx, { rate, seconds, customers, cycleSeconds })))
    measured.push(...(await whileNothingHappens(ctx)))
    await report('live', ctx, measured)
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

async function saved(ctx: Context): Promise<Map<number, LiveKind>> {
  await sql`delete from segments`.execute(ctx.db)
  const kinds = new Map<number, LiveKind>()
  for (const [at, { kind, question }] of hundredSegments().entries()) {
    const { id } = await addSegment(ctx, { name: `Live ${at}`, question })
    kinds.set(id, kind)
  }
  return kinds
}

/** The same hundred, by as few statements as may be, and by one statement each; both write their bitmaps. */
async function together(ctx: Context, kinds: ReadonlyMap<number, LiveKind>, repeats: number): Promise<Measured[]> {
  const { many, count, done } = await counting(ctx)
  const byKind = (kind: LiveKind) =>
    only(
      many,
      many.ids.filter((id) => kinds.get(id) === kind),
    )
  const seconds: number[] = []
  const spent: number[] = []
  const counted = async (some: ManyKept) => (await timed(() => count(some))) / 1000
  const peak = await peakOf(ctx, () => count(many))
  tell(`warm; ${(peak / 1_000_000).toFixed(0)} MB at most`)
  for (let turn = 0; turn < repeats; turn += 1) {
    spent.push(await processorTime(ctx, async () => void seconds.push(await counted(many))))
    tell(`a hundred together: ${seconds.at(-1)!.toFixed(1)} s, processor ${spent.at(-1)!.toFixed(1)} s`)
  }
  const portions: Measured[] = []
  for (const kind of ['traits', 'events', 'sequences'] as const) {
    const ours = [await counted(byKind(kind))]
    portions.push({ case: `… ${kind} alone, together`, unit: 's', ours })
    tell(`${kind}: ${ours[0]!.toFixed(1)} s`)
  }
  let alone = 0
  const spentAlone = await processorTime(ctx, async () => {
    for (const [at, id] of many.ids.entries()) {
      alone += await counted(only(many, [id]))
      if (at % 20 === 19) tell(`one by one: ${at + 1} of ${many.ids.length}, ${alone.toFixed(1)} s`)
    }
  })
  await done()
  return [
    { case: 'a hundred together', unit: 's', ours: seconds, goal: { of: 'ours', atMost: 15 } },
    { case: '… beside one by one', unit: 's', ours: seconds, peer: [alone], goal: { of: 'ratio', atMost: 1 / 3 } },
    { case: '… the engine’s processor time', unit: 's', ours: spent, peer: [spentAlone] },
    { case: '… peak memory of the statement', unit: 'MB', ours: [peak / 1_000_000] },
    ...portions,
  ]
}

/** All of them as they are counted; counts some, each time as a generation of its own; takes those back. */
async function counting(ctx: Context) {
  const { bases, many: all } = await basesOf(ctx)
  const many = { ...all, ids: bases.map(({ id }) => id) }
  let generation = 1_000_000_000
  const count = async (some: ManyKept) => {
    generation += 1
    const { sql, params } = compileMembers(some, generation)
    await ctx.columns.command({
      ...{ query: sql, query_params: params, query_id: `live-${generation}-${Date.now()}` },
      clickhouse_settings: { max_execution_time: 600 },
    })
  }
  const done = async () => {
    for (let at = 1_000_000_001; at <= generation; at += 1)
      await ctx.columns.command({ query: `ALTER TABLE memberships DROP PARTITION ${at}` })
  }
  return { many, count, done }
}

/** The same questions by the ways of others, on the same rows. */
async function besideOthers(ctx: Context, customers: number): Promise<{ measured: Measured[]; cycleSeconds: number }> {
  const { many, count, done } = await counting(ctx)
  const beside = {
    ...{ today, customers, tell },
    ids: [...many.ids].sort((a, b) => a - b),
    count: (ids: readonly number[]) => count(only(many, [...ids])),
  }
  const states = await besideStates(ctx, beside)
  const measured = [...states.measured, ...(await besideMautic(ctx, beside))]
  await done()
  return { measured, cycleSeconds: states.cycleSeconds }
}

/** Sampled beside the work: the engine keeps no log of queries. */
async function peakOf(ctx: Context, work: () => Promise<unknown>): Promise<number> {
  let peak = 0
  let over = false
  const watching = (async () => {
    while (!over) {
      const rows = await ask<{ m: number }>(
        ctx,
        "SELECT max(peak_memory_usage) AS m FROM system.processes WHERE query LIKE 'INSERT INTO memberships%'",
      )
      peak = Math.max(peak, rows[0]?.m ?? 0)
      await sleep(20)
    }
  })()
  await work()
  over = true
  await watching
  return peak
}

/** Events of different people at a rate, through the batches on the way to the columns; how long until the fact of who came in. */
async function whenSomethingHappens(
  ctx: Context,
  {
    rate,
    seconds,
    customers,
    cycleSeconds,
  }: { rate: number; seconds: number; customers: number; cycleSeconds?: number },
): Promise<Measured[]> {
  const counting = await timed(async () => {
    while (await keepMemberships(ctx));
  })
  tell(`first count of all: ${(counting / 1000).toFixed(1)} s`)
  let over = false
  const loop = async (turn: (ctx: Context) => Promise<boolean>, everyMs: number) => {
    while (!over) if (!(await turn(ctx))) await sleep(everyMs)
  }
  const turns: number[] = []
  const working = [
    loop(writeBatches, 100),
    loop(async (ctx) => {
      const began = performance.now()
      const any = await keepMemberships(ctx)
      if (any) turns.push(performance.now() - began)
      return any
    }, 500),
  ]
  const told = new Map<number, number>()
  const before = await lastFact(ctx)
  const every = 100
  const began = performance.now()
  for (let tick = 0; tick < (seconds * 1000) / every; tick += 1) {
    const rows = Array.from({ length: Math.round((rate * every) / 1000) }, (_, at) => {
      const profileId = 1 + (((tick * Math.round((rate * every) / 1000) + at) * 7919) % customers)
      return {
        profileId,
        at: ctx.clock.now(),
        receivedAt: ctx.clock.machine(),
        ...{ sourceId: 1, shopId: 1, event: 'x' },
        kind: (['viewed', 'searched', 'carted', 'favoured'] as const)[at % 4]!,
        productIds: [1 + (at % 2000)],
        products: ['P'],
      }
    })
    await inTransaction(ctx, (ctx) => appendBehaviour(ctx, rows))
    const at = ctx.clock.machine().getTime()
    for (const { profileId } of rows) if (!told.has(profileId)) told.set(profileId, at)
    await sleep(Math.max(0, began + (tick + 1) * every - performance.now()))
  }
  tell(`${seconds} s of events are told`)
  await sleep(5_000)
  over = true
  await Promise.all(working)
  const { rows } = await sql<{ profileId: number; at: Date }>`
    select profile_id, min(recorded_at) as at from facts where kind = 'membership.entered' and id > ${before} group by profile_id`.execute(
    ctx.db,
  )
  const late = rows.flatMap(({ profileId, at }) =>
    told.has(profileId) ? [(at.getTime() - told.get(profileId)!) / 1000] : [],
  )
  tell(
    `${told.size} people did something, ${late.length} of them came in; ${turns.length} turns, median ${percentile(turns, 0.5).toFixed(0)} ms, p95 ${percentile(turns, 0.95).toFixed(0)} ms`,
  )
  return [
    {
      case: `from an event to its fact at ${rate} events a second, p95`,
      unit: 's',
      ours: [percentile(late, 0.95)],
      goal: { of: 'ours', atMost: 2 },
    },
    { case: '… median', unit: 's', ours: [percentile(late, 0.5)] },
    ...(cycleSeconds === undefined
      ? []
      : [
          {
            case: '… p95, beside a cycle every two minutes',
            unit: 's',
            ours: [percentile(late, 0.95)],
            peer: [0.95 * 120 + cycleSeconds],
          },
        ]),
  ]
}

async function lastFact(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from facts`.execute(ctx.db)
  return rows[0]!.id
}

/** Share of a core, of this process and of the column engine, over twenty seconds of turns that find nothing. */
async function whileNothingHappens(ctx: Context): Promise<Measured[]> {
  while (await keepMemberships(ctx));
  const seconds = 20
  const cpu = process.cpuUsage()
  const engine = await processorTime(ctx, async () => {
    for (let at = 0; at < seconds * 2; at += 1) {
      await keepMemberships(ctx)
      await sleep(500)
    }
  })
  const { user, system } = process.cpuUsage(cpu)
  tell('idle: watched')
  return [
    {
      case: 'of a core while nothing happens',
      unit: '%',
      ours: [(100 * ((user + system) / 1e6 + engine)) / seconds],
      goal: { of: 'ours', atMost: 5 },
    },
  ]
}

async function processorTime(ctx: Context, work: () => Promise<unknown>): Promise<number> {
  const used = async () =>
    (
      await ask<{ spent: number }>(
        ctx,
        "SELECT sum(value) AS spent FROM system.events WHERE event IN ('UserTimeMicroseconds', 'SystemTimeMicroseconds')",
      )
    )[0]!.spent
  const before = await used()
  await work()
  return ((await used()) - before) / 1e6
}
