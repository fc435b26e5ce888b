import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { makeWriteKey } from '#doors/ingest/index.ts'
import { foundMerchant } from '#know/shops/index.ts'
import { readConfig } from '#platform/config.ts'
import { type Measured, percentile, report } from './harness.ts'
import type { Load, Sent } from './ingest/send.ts'
import { calm, through } from './ingest/through.ts'

// Ingest over HTTP, with everything on this machine: load, server, worker, Postgres and ClickHouse.
//   accepted: as many as are answered yes, while nothing works them off
//   through: at a steady rate, with the worker; until they can be seen in the columns

const root = new URL('..', import.meta.url).pathname

/** @param options --seconds 20 (of each case), --repeats 3, --rate 10000 (of the steady case), --people 20000 */
export async function run(options: Record<string, string>): Promise<void> {
  const seconds = Number(options.seconds ?? 20)
  const repeats = Number(options.repeats ?? 3)
  const rate = Number(options.rate ?? 10_000)
  const people = Number(options.people ?? 20_000)
  const othersLoad = loadavg()[0]!
  const dataDir = mkdtempSync(join(tmpdir(), 'regulars-bench-ingest-'))
  const house = await openHouse(readConfig({ REGULARS_DATA: dataDir, LOG_LEVEL: 'silent' }, dataDir))
  const { ctx } = house
  const children: ChildProcess[] = []
  try {
    await foundMerchant(
      ctx,
      { name: 'Bench', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
      { name: 'Shop' },
    )
    const { key } = await makeWriteKey(ctx, { name: 'Web shop', shopId: 1, place: 'server', orders: true })
    const start = async (program: string[], isUp: RegExp) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...program], {
        cwd: root,
        env: { ...process.env, REGULARS_DATA: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      children.push(child)
      return { child, told: await firstLine(child, isUp) }
    }
    const ours = await start(['src/main.ts', 'serve'], /http:\/\/127\.0\.0\.1:\d+/)
    const bare = await start(['bench/ingest/peers.ts', 'bare', house.databaseUrl], /http:\/\/127\.0\.0\.1:\d+/)
    const usual = await start(['bench/ingest/peers.ts', 'usual', house.databaseUrl], /http:\/\/127\.0\.0\.1:\d+/)
    let runs = 0
    const send = async (
      { told: origin }: { told: string },
      load: Pick<Load, 'size' | 'connections'> & { rate?: number; seconds?: number },
    ) => {
      runs += 1
      const sent = await sendLoad({ origin, key, run: `run${runs}`, seconds, people, ...load })
      const failed = Object.entries(sent.statuses).filter(([status]) => status !== '200')
      if (failed.length > 0) process.stdout.write(`answers: ${JSON.stringify(sent.statuses)}\n`)
      return sent
    }
    const clear = async () => {
      for (const table of ['inbox', 'bench_bare', 'bench_usual'])
        await sql`truncate ${sql.table(table)}`.execute(ctx.db)
      await sql`checkpoint`.execute(ctx.db)
    }

    const measured: Measured[] = []
    const figures = {
      batched: [[], [], []] as number[][],
      single: [[], [], []] as number[][],
      p50: [] as number[],
      p99: [] as number[],
      batchP99: [] as number[],
    }
    for (let turn = 0; turn < repeats; turn += 1) {
      for (const [place, origin] of [ours, bare, usual].entries()) {
        const batched = await send(origin, { size: 100, connections: 16 })
        figures.batched[place]!.push(batched.messages / batched.seconds)
        if (place === 0) figures.batchP99.push(percentile(batched.latencies, 0.99))
        await clear()
        const single = await send(origin, { size: 1, connections: 32 })
        figures.single[place]!.push(single.messages / single.seconds)
        if (place === 0) {
          figures.p50.push(percentile(single.latencies, 0.5))
          figures.p99.push(percentile(single.latencies, 0.99))
        }
        await clear()
      }
    }
    const [batched, bareBatched, usualBatched] = figures.batched as [number[], number[], number[]]
    const [single, bareSingle, usualSingle] = figures.single as [number[], number[], number[]]
    measured.push(
      {
        case: 'batches of 100: events accepted',
        unit: 'events/s',
        goal: { of: 'ours', atLeast: 20_000 },
        ours: batched,
      },
      {
        case: '… beside one insert per event (a)',
        unit: 'events/s',
        goal: { of: 'ratio', atLeast: 10 },
        ours: batched,
        peer: usualBatched,
      },
      {
        case: '… beside requests as they are (b)',
        unit: 'events/s',
        goal: { of: 'ratio', atLeast: 1 / 3 },
        ours: batched,
        peer: bareBatched,
      },
      { case: '… p99 of a request', unit: 'ms', ours: figures.batchP99 },
      {
        case: 'single events: requests',
        unit: 'requests/s',
        goal: { of: 'ours', atLeast: 2_000 },
        ours: single,
        peer: bareSingle,
      },
      { case: '… beside one insert per event (a)', unit: 'requests/s', ours: single, peer: usualSingle },
      { case: '… p50 at full load', unit: 'ms', ours: figures.p50 },
      { case: '… p99 at full load', unit: 'ms', goal: { of: 'ours', atMost: 100 }, ours: figures.p99 },
    )

    for (const child of [bare, usual]) child.child.kill('SIGTERM')
    const worker = await start(['src/main.ts', 'work'], /./)
    await send(ours, { size: 100, connections: 4, seconds: 5, rate }) // everybody is known once, as in a shop that runs
    await calm(ctx)
    const pids = { dataDir, server: ours.child.pid, worker: worker.child.pid }
    const went = await through(ctx, pids, () =>
      send(ours, { size: 100, connections: 16, rate, seconds: Math.max(20, seconds) }),
    )
    const all = Object.values(went.processor).reduce((sum, one) => sum + one, 0)
    measured.push(
      { case: `steady ${rate} events/s: sent`, unit: 'events/s', ours: [went.sent] },
      {
        case: '… to be seen in the columns',
        unit: 'events/s',
        goal: { of: 'ours', atLeast: rate * 0.98 },
        ours: [went.visible],
      },
      { case: '… accepted and not seen yet, at the beginning', unit: 'events', ours: [went.behind.first] },
      {
        case: '… and at the end: no more than come in two seconds',
        unit: 'events',
        goal: { of: 'ours', atMost: 2 * rate },
        ours: [went.behind.last],
      },
      { case: '… p50 until visible', unit: 's', ours: [went.lags.p50] },
      { case: '… p95 until visible', unit: 's', goal: { of: 'ours', atMost: 2 }, ours: [went.lags.p95] },
      { case: '… p99 until visible', unit: 's', ours: [went.lags.p99] },
      { case: '… p99 of a request meanwhile', unit: 'ms', ours: [went.request99] },
      { case: '… processor time of all, of which', unit: 'µs/event', ours: [all] },
      ...Object.entries(went.processor).map(([name, us]) => ({ case: `… … ${name}`, unit: 'µs/event', ours: [us] })),
      { case: 'load of the machine before, of other work', unit: 'processes', ours: [othersLoad] },
    )
    await report('ingest', ctx, measured)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(
      children.map((child) => child.exitCode === null && child.signalCode === null && once(child, 'exit')),
    )
    await house.close()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

function sendLoad(load: Load): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bench/ingest/send.ts', JSON.stringify(load)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let told = ''
    child.stdout.on('data', (text) => {
      told += text
    })
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(told)) : reject(new Error(`the load ended with ${code}`)),
    )
  })
}

function firstLine(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    const hear = (text: Buffer) => {
      told = `${told}${text}`.slice(-10_000)
      const found = wanted.exec(told)?.[0]
      if (found) resolve(found)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}: ${told}`)))
  })
}
