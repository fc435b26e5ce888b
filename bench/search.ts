import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type pg from 'pg'
import { demoUpTo } from '#app/demo/index.ts'
import { openHouse } from '#app/open-house.ts'
import { makeKey } from '#know/keys/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { openPool } from '#platform/postgres/connect.ts'
import { type Measured, percentile, report, timed } from './harness.ts'
import { keepPeer, kinds, peerSearch, textsOf } from './search/kinds.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)
const limit = 20

/**
 * Search of every kind at the API, by several readers at once, beside `pg_trgm` on the same rows: the usual pattern, one row a customer
 * with everything in columns, each with a trigram index, asked by `ilike` over four connections. The peer has no server before it.
 * @param options --customers 1000000 --orders 1000000 --calls 1000 (of each kind) --readers 4 --data FOLDER that has customers, or is filled and kept
 */
export async function run(options: Record<string, string>): Promise<void> {
  const size = { customers: Number(options.customers ?? 1_000_000), orders: Number(options.orders ?? 1_000_000) }
  const calls = Number(options.calls ?? 1_000)
  const readers = Number(options.readers ?? 4)
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-search-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  let server: ChildProcess | undefined
  try {
    const { ctx } = house
    const { rows } = await sql<{ any: boolean }>`select exists (select from customers) as any`.execute(ctx.db)
    const made = await timed(async () => rows[0]!.any || demoUpTo(ctx, { seed: 1, ...size }, ctx.clock.now()))
    await keepPeer(ctx)
    tell(`shop: ${(made / 1000).toFixed(1)} s`)
    const address = await new Promise<string>((resolve, reject) => {
      server = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('../src/main.ts', import.meta.url)), 'serve'],
        {
          env: { ...process.env, REGULARS_DATA: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      let told = ''
      server.stdout?.on('data', (chunk: Buffer) => {
        told += chunk
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0]
        if (found) resolve(found)
      })
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    // A key may ask 1,200 times a minute, so each kind and reader has its own.
    const reader = async (): Promise<Ask> => {
      const { key } = await makeKey(ctx, { name: 'Bench', permissions: ['customers.read'], shopIds: null, days: 1 })
      return (text) => search(address, key, text)
    }
    const pool = openPool(house.databaseUrl, { size: readers, statementMs: 0 })
    const measured = await all(ctx, { calls, readers, reader, pool })
    await pool.end()
    await report('search', ctx, measured)
  } finally {
    if (server && server.exitCode === null) {
      server.kill('SIGTERM')
      await new Promise((resolve) => server!.once('exit', resolve))
    }
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

type Ask = (text: string) => Promise<number>
type Asking = { calls: number; readers: number; reader: () => Promise<Ask>; pool: pg.Pool }

async function search(address: string, key: string, text: string): Promise<number> {
  const answer = await fetch(`${address}/api/customers/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ text, limit }),
  })
  if (!answer.ok) throw new Error(`search answered ${answer.status}: ${await answer.text()}`)
  return ((await answer.json()) as { items: unknown[] }).items.length
}

async function all(ctx: Context, { calls, readers, reader, pool }: Asking): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const kind of kinds) {
    const texts = await textsOf(ctx, kind, calls)
    if (texts.length === 0) {
      tell(`${kind.name}: nobody has one`)
      continue
    }
    const asking = await Promise.all(Array.from({ length: readers }, reader))
    await read(texts.slice(0, 40), asking)
    const ours = await read(texts, asking)
    const peer = kind.peer
      ? await read(
          texts.slice(0, kind.peer.calls ?? calls),
          asking.map(() => peerSearch(pool, kind, limit)),
        )
      : undefined
    const line = (times: number[]) =>
      `p50 ${percentile(times, 0.5).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)}, most ${Math.max(...times).toFixed(1)} ms`
    tell(
      `${kind.name.padEnd(28)} ${line(ours.times)}; found nobody ${ours.empty}${peer ? `; pg_trgm ${line(peer.times)}` : ''}`,
    )
    measured.push({
      case: `${kind.name}, p99 of ${calls} by ${readers} readers beside pg_trgm`,
      unit: 'ms',
      goal: { of: 'ours', atMost: 50 },
      ours: [percentile(ours.times, 0.99)],
      ...(peer ? { peer: [percentile(peer.times, 0.99)] } : {}),
    })
  }
  return measured
}

/** Every text once, by all at once, each asking again as soon as it is answered. */
async function read(texts: readonly string[], asking: readonly Ask[]) {
  const times: number[] = []
  let next = 0
  let empty = 0
  await Promise.all(
    asking.map(async (ask) => {
      while (next < texts.length) {
        const text = texts[next++]!
        const found = await timed(async () => {
          if ((await ask(text)) === 0) empty += 1
        })
        times.push(found)
      }
    }),
  )
  return { times, empty }
}
