import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { holdEngines } from '#platform/engines/index.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { migratePostgres } from '#platform/postgres/migrate.ts'
import { type Measured, report, timed } from './harness.ts'
import { writeMadeFile } from './made-file.ts'

const real = fileURLToPath(new URL('../../shared/data/online-retail/online_retail.csv.gz', import.meta.url))

/** What an import writes, in the order of its foreign keys. */
const tables = [
  'sources',
  'products',
  'customers',
  'profiles',
  'profile_customers',
  'profile_values',
  'identifiers',
  'orders',
  'order_lines',
  'facts',
] as const

/**
 * Import of a file beside a bare COPY of the same rows into the same tables with the same indexes and keys, on the same durable
 * engines. Each turn has a database of its own.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const repeats = Number(options.repeats ?? 3)
  const lines = Number(options.lines ?? 5_000_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'regulars-bench-'))
  const engines = await holdEngines({ dataDir })
  const measured: Measured[] = []
  try {
    if (existsSync(real))
      measured.push(...(await compare('Online Retail, 541,909 lines', real, repeats, dataDir, engines)))
    else process.stdout.write('The real file is absent: ../shared/data/online-retail\n')
    if (lines > 0) {
      const made = join(dataDir, 'made.csv')
      await writeMadeFile(made, lines)
      measured.push(
        ...(await compare(
          `made, ${lines.toLocaleString('en')} lines`,
          made,
          Number(options.madeRepeats ?? 1),
          dataDir,
          engines,
          lines,
        )),
      )
    }
    const pool = openPool(engines.databaseUrl)
    const columns = openColumns(engines.clickhouseUrl)
    await report(lines > million ? `import-${lines / million}m` : 'import', { db: openDb(pool), columns }, measured)
    await pool.end()
    await columns.close()
  } finally {
    await engines.release()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const million = 1_000_000

type Engines = { databaseUrl: string; clickhouseUrl: string }

async function compare(
  name: string,
  file: string,
  repeats: number,
  dataDir: string,
  engines: Engines,
  lines = 0,
): Promise<Measured[]> {
  const ours: number[] = []
  const peer: number[] = []
  const rate: number[] = []
  const memory: number[] = []
  const visible: number[] = []
  const dump = join(dataDir, 'rows')
  mkdirSync(dump, { recursive: true })
  for (let turn = 0; turn < repeats; turn += 1) {
    const imported = await freshDatabase(engines, `ours_${turn}`)
    const once = await importOnce(imported, file, dataDir)
    ours.push(once.ms / 1000)
    rate.push(once.lines / (once.ms / 1000))
    memory.push(once.peakMb)
    visible.push(once.visibleMs / 1000)
    if (turn === 0) await dumpRows(imported.databaseUrl, dump)
    const copied = await freshDatabase(engines, `peer_${turn}`)
    peer.push((await timed(() => copyRows(copied.databaseUrl, dump))) / 1000)
    process.stdout.write(
      `${name}: ${ours.at(-1)!.toFixed(1)} s, COPY ${peer.at(-1)!.toFixed(1)} s, ${Math.round(rate.at(-1)!)} lines/s, ${Math.round(once.peakMb)} MB\n`,
    )
    await drop(engines, imported)
    await drop(engines, copied)
  }
  return [
    { case: `${name}: time beside COPY of the same rows`, unit: 's', ours, peer, goal: { of: 'ratio', atMost: 6 } },
    // The goal, half a minute, is of a million lines.
    {
      case: `${name}: lines a second`,
      unit: 'lines/s',
      ours: rate,
      ...(lines <= million && { goal: { of: 'ours', atLeast: 30_000 } as const }),
    },
    { case: `${name}: peak memory of the process`, unit: 'MB', ours: memory, goal: { of: 'ours', atMost: 400 } },
    { case: `${name}: until the columns show all`, unit: 's', ours: visible, goal: { of: 'ours', atMost: 5 } },
  ]
}

async function importOnce(
  urls: Engines,
  file: string,
  dataDir: string,
): Promise<{ ms: number; visibleMs: number; peakMb: number; lines: number }> {
  const script = fileURLToPath(new URL('./import-once.ts', import.meta.url))
  // With the young generation of bin/regulars.mjs.
  const child = spawn(process.execPath, ['--max-semi-space-size=4', script, file, 'online-retail'], {
    env: {
      ...process.env,
      REGULARS_DATA: dataDir,
      DATABASE_URL: urls.databaseUrl,
      CLICKHOUSE_URL: urls.clickhouseUrl,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('the import failed')
  return JSON.parse(text.trim().split('\n').at(-1)!)
}

async function freshDatabase(engines: Engines, name: string): Promise<Engines> {
  await admin(engines.databaseUrl, `create database ${name}`)
  const columns = openColumns(engines.clickhouseUrl)
  await columns.command({ query: `CREATE DATABASE ${name}` })
  await columns.close()
  const database = new URL(engines.databaseUrl)
  database.pathname = `/${name}`
  const clickhouse = new URL(engines.clickhouseUrl)
  clickhouse.pathname = `/${name}`
  const pool = openPool(database.href)
  await migratePostgres(pool)
  await pool.end()
  return { databaseUrl: database.href, clickhouseUrl: clickhouse.href }
}

async function drop(engines: Engines, urls: Engines): Promise<void> {
  const name = new URL(urls.databaseUrl).pathname.slice(1)
  await admin(engines.databaseUrl, `drop database ${name} with (force)`)
  const columns = openColumns(engines.clickhouseUrl)
  await columns.command({ query: `DROP DATABASE ${name} SYNC` })
  await columns.close()
}

async function dumpRows(url: string, folder: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const table of tables) {
      const select = table === 'facts' ? '(select * from facts)' : table
      await pipeline(client.query(copyTo(`copy ${select} to stdout`)), createWriteStream(join(folder, table)))
    }
  })
}

async function copyRows(url: string, folder: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('delete from sources')
    await client.query("insert into shops (code, name) values ('made', 'Made')")
    for (const table of tables) {
      await pipeline(createReadStream(join(folder, table)), client.query(copyFrom(`copy ${table} from stdin`)))
    }
  })
}

async function admin(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement))
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
