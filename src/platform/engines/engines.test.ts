import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type EngineConfig, type Engines, holdEngines } from './index.ts'
import { identityOf, isAlive, type ProcessIdentity, startTimeOf } from './process-identity.ts'
import { readState, statePath } from './state-file.ts'

const LONG = 60_000
let dataDir: string
const holders: ChildProcess[] = []
const held: Engines[] = []

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'regulars-engines-'))
})

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL')
  for (const engines of held.splice(0)) await engines.release()
})

afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

type Wish = Partial<EngineConfig> & { news?: string[] }

async function hold({ news, ...wish }: Wish = {}): Promise<Engines> {
  const engines = await holdEngines({ dataDir, durable: false, ...wish }, (line) => news?.push(line))
  held.push(engines)
  return engines
}

type Urls = Pick<Engines, 'databaseUrl' | 'clickhouseUrl'>

/** Another program that holds the engines, as a worker or a command would. */
async function heldByAnother(wish: Wish = {}): Promise<{ program: ChildProcess; urls: Urls }> {
  const config = JSON.stringify({ dataDir, durable: false, ...wish })
  const front = JSON.stringify(join(import.meta.dirname, 'index.ts'))
  const program = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { holdEngines } = await import(${front})
       const engines = await holdEngines(${config})
       process.stdout.write(JSON.stringify(engines) + '\\n')
       setInterval(() => {}, 1000)
       process.on('SIGTERM', () => engines.release().then(() => process.exit(0)))`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  holders.push(program)
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: program.stdout as NodeJS.ReadableStream }).once('line', resolve)
    program.once('exit', (code) => reject(new Error(`The other holder ended with ${code}`)))
  })
  return { program, urls: JSON.parse(line) }
}

/** What both engines answer. */
async function asked(engines: Urls, sql = 'select 1 as one'): Promise<unknown> {
  const database = new Client(engines.databaseUrl)
  database.on('error', () => {})
  const clickhouse = createClient({ url: engines.clickhouseUrl, log: { level: ClickHouseLogLevel.OFF } })
  try {
    await database.connect()
    const records = (await database.query(sql)).rows
    const columns = await (await clickhouse.query({ query: 'select 1 as one', format: 'JSONEachRow' })).json()
    return { records, columns }
  } finally {
    await database.end().catch(() => {})
    await clickhouse.close()
  }
}
const both = { records: [{ one: 1 }], columns: [{ one: 1 }] }

function processes(at = dataDir): {
  supervisor: ProcessIdentity
  postgres: ProcessIdentity
  clickhouse: ProcessIdentity
} {
  const { supervisor, running } = readState(at)
  if (!supervisor || !running.postgres || !running.clickhouse) throw new Error('The engines do not run')
  return { supervisor, postgres: running.postgres, clickhouse: running.clickhouse }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (await condition()) return
    await sleep(25)
  }
  throw new Error('It did not come to pass in time')
}

test('the first start makes both engines; the last release stops them', { timeout: LONG }, async () => {
  const news: string[] = []
  const engines = await hold({ news })
  const { supervisor, postgres, clickhouse } = processes()

  expect(await asked(engines)).toEqual(both)
  expect(news).toEqual(['Setting up Postgres for the first time.'])
  expect(statSync(statePath(dataDir)).mode & 0o777).toBe(0o600)

  await engines.release()
  await engines.release()
  expect([postgres, clickhouse].map(isAlive)).toEqual([false, false])
  await until(() => !isAlive(supervisor))
})

test('a command beside a running server joins its engines and leaves them running', { timeout: LONG }, async () => {
  const server = await heldByAnother()
  const { postgres } = processes()

  const command = await hold()
  expect(command.databaseUrl).toBe(server.urls.databaseUrl)
  expect(command.clickhouseUrl).toBe(server.urls.clickhouseUrl)
  await command.release()

  expect(isAlive(postgres)).toBe(true)
  expect(await asked(server.urls)).toEqual(both)
  server.program.kill('SIGTERM')
  await until(() => !isAlive(postgres))
})

test('a holder that is killed gives its engines back', { timeout: LONG }, async () => {
  const { program } = await heldByAnother()
  const { supervisor, postgres, clickhouse } = processes()

  program.kill('SIGKILL')

  await until(() => ![supervisor, postgres, clickhouse].some(isAlive))
})

test('a holder that is killed and comes back at once finds its engines still there', { timeout: LONG }, async () => {
  const { program } = await heldByAnother()
  const before = processes()

  program.kill('SIGKILL')
  await hold()

  expect(processes()).toEqual(before)
})

test('of many that start at once one starts the engines and all share them', { timeout: LONG }, async () => {
  const many = await Promise.all([heldByAnother(), heldByAnother(), heldByAnother(), hold(), hold(), hold()])

  const addresses = many.map((each) => ('urls' in each ? each.urls : each).databaseUrl)
  expect(new Set(addresses).size).toBe(1)

  const { postgres } = processes()
  for (const each of many) {
    if ('urls' in each) each.program.kill('SIGTERM')
    else await each.release()
  }
  await until(() => !isAlive(postgres))
})

test('one who comes while the engines are stopping waits and gets them anew', { timeout: LONG }, async () => {
  const first = await hold()
  const leaving = first.release()
  const second = await hold()
  await leaving

  expect(await asked(second)).toEqual(both)
})

test('addresses and data stay the same over restarts', { timeout: LONG }, async () => {
  const first = await hold()
  await asked(first, 'create table guests (name text); insert into guests select $$林小满$$')
  await first.release()

  const second = await hold()

  expect(second).toMatchObject({ databaseUrl: first.databaseUrl, clickhouseUrl: first.clickhouseUrl })
  expect(await asked(second, 'select name from guests')).toMatchObject({ records: [{ name: '林小满' }] })
})

test('ports taken by other programs are avoided', { timeout: LONG }, async () => {
  const { ports } = readState(dataDir)
  const others = await Promise.all([ports.postgres, ports.clickhouse].map((port) => listenOn(port ?? 0)))

  const engines = await hold()

  expect(Number(new URL(engines.databaseUrl).port)).not.toBe(ports.postgres)
  expect(Number(new URL(engines.clickhouseUrl).port)).not.toBe(ports.clickhouse)
  expect(await asked(engines)).toEqual(both)
  for (const other of others) other.close()
})

test('when the supervisor is killed the holder gets a new one and the same addresses', { timeout: LONG }, async () => {
  const news: string[] = []
  const engines = await hold({ news })
  const { supervisor, clickhouse } = processes()

  process.kill(supervisor.pid, 'SIGKILL')

  await until(
    async () =>
      !isAlive(clickhouse) &&
      (await asked(engines).then(
        () => true,
        () => false,
      )),
  )
  expect(processes().supervisor.pid).not.toBe(supervisor.pid)
  expect(news).toContain('The supervisor of the engines is gone; starting a new one.')
  expect(news.some((line) => line.includes('new address'))).toBe(false)
})

test('when everything is killed at once the next start recovers all that was written', { timeout: LONG }, async () => {
  const wish = { dataDir: join(dataDir, 'durable'), durable: true }
  const { program, urls } = await heldByAnother(wish)
  await asked(urls, 'create table last_words as select 1 as one')
  const running = processes(wish.dataDir)

  program.kill('SIGKILL')
  for (const each of Object.values(running)) process.kill(each.pid, 'SIGKILL')
  await until(() => !Object.values(running).some(isAlive))
  const engines = await hold(wish)

  expect(await asked(engines, 'select * from last_words')).toEqual(both)
})

test('an engine that ends by itself comes back under its address', { timeout: LONG }, async () => {
  const news: string[] = []
  const engines = await hold({ news })
  const { postgres, clickhouse } = processes()

  process.kill(postgres.pid, 'SIGKILL')
  process.kill(clickhouse.pid, 'SIGKILL')

  await until(() => news.includes('Postgres runs again.') && news.includes('ClickHouse runs again.'))
  expect(await asked(engines)).toEqual(both)
})

test('a back end that outlives its killed Postgres is ended before the next one starts', {
  timeout: LONG,
}, async () => {
  const engines = await hold()
  const { postgres } = processes()
  const client = new Client({ connectionString: engines.databaseUrl })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = identityOf(rows[0]!.pid)
  // Busy with itself, it does not notice that its Postgres is gone.
  const busy = client.query('select count(*) from generate_series(1, 10000000000)').catch(() => 'cut off')
  await sleep(300)

  process.kill(postgres.pid, 'SIGKILL')
  let beside = false
  await until(async () => {
    const again = isAlive(processes().postgres) && processes().postgres.pid !== postgres.pid
    beside ||= again && isAlive(backend)
    return again
  })

  expect(await busy).toBe('cut off')
  expect(beside, 'two of them wrote at once').toBe(false)
  await until(() =>
    asked(engines).then(
      () => true,
      () => false,
    ),
  )
})

test('leftovers of a dead supervisor, with a pid that now is another program, do no harm', {
  timeout: LONG,
}, async () => {
  const stranger = spawn('sleep', ['60'])
  const pid = stranger.pid ?? 0
  const left = { pid, startedAt: 'long ago' }
  const state = readState(dataDir)
  const address = { path: join(dataDir, 'engines.sock') }
  const supervisor = { ...left, address, token: 'x', protocol: 1 }
  writeFileSync(statePath(dataDir), JSON.stringify({ ...state, supervisor, running: { clickhouse: left } }))
  writeFileSync(join(dataDir, 'engines.sock'), '')
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${pid}\n${dataDir}/postgres\n1\n1\n\n127.0.0.1\n`)

  const engines = await hold()

  expect(await asked(engines)).toEqual(both)
  expect(stranger.exitCode).toBeNull()
  stranger.kill()
})

test('a pid file whose process is dead but not buried, as in containers without an init, does no harm', {
  timeout: LONG,
  skip: process.platform === 'win32',
}, async () => {
  // The sleeper that takes the shell's place never asks after the shell's child.
  const careless = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'])
  const [said] = (await once(careless.stdout, 'data')) as [Buffer]
  const pid = Number(said.toString())
  await until(() => startTimeOf(pid) === undefined)
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${pid}\n${dataDir}/postgres\n1\n1\n\n127.0.0.1\n`)
  expect(process.kill(pid, 0)).toBe(true)

  const engines = await hold()

  expect(await asked(engines)).toEqual(both)
  careless.kill()
})

test('with both addresses given nothing is started', { timeout: LONG }, async () => {
  const given = { databaseUrl: 'postgres://elsewhere/shop', clickhouseUrl: 'http://elsewhere:8123' }
  const never = join(dataDir, 'never')

  const engines = await hold({ ...given, dataDir: never })

  expect(engines).toMatchObject(given)
  expect(existsSync(never)).toBe(false)
})

test('with one address given only the other engine is started', { timeout: LONG }, async () => {
  const databaseUrl = 'postgres://elsewhere/shop'
  const engines = await hold({ databaseUrl })

  expect(engines.databaseUrl).toBe(databaseUrl)
  expect(Object.keys(readState(dataDir).running)).toEqual(['clickhouse'])
})

test('a data directory with a long name works too', { timeout: LONG }, async () => {
  const deep = join(dataDir, 'a-rather-long-name-for-a-folder'.repeat(4))

  const engines = await hold({ dataDir: deep, databaseUrl: 'postgres://elsewhere/shop' })

  expect(readState(deep).supervisor?.address).toMatchObject({ host: '127.0.0.1' })
  await engines.release()
})

test('a first start that is killed half-way leaves nothing that is trusted', { timeout: LONG }, async () => {
  const wish = { dataDir: join(dataDir, 'half'), clickhouseUrl: 'http://elsewhere:8123' }
  const first = heldByAnother(wish).catch(() => {})
  const drafts = (): string[] =>
    existsSync(wish.dataDir) ? readdirSync(wish.dataDir).filter((name) => /^postgres.new-\d+$/.test(name)) : []
  await until(() => drafts().length > 0)

  const { supervisor } = readState(wish.dataDir)
  for (const holder of holders) holder.kill('SIGKILL')
  process.kill(supervisor?.pid ?? 0, 'SIGKILL')
  await first
  const engines = await hold(wish)

  const client = new Client(engines.databaseUrl)
  await client.connect()
  expect((await client.query('show data_checksums')).rows).toEqual([{ data_checksums: 'on' }])
  await client.end()
  expect(drafts()).toEqual([])
})

test('a Postgres directory that is not whole is refused with what to do', { timeout: LONG }, async () => {
  const torn = join(dataDir, 'torn')
  mkdirSync(join(torn, 'postgres', 'base'), { recursive: true })

  await expect(hold({ dataDir: torn, clickhouseUrl: 'http://elsewhere:8123' })).rejects.toThrow(
    /not a whole Postgres data directory. Restore it from a backup/,
  )
})

test('data made by another version of Postgres is refused with what to do', { timeout: LONG }, async () => {
  const file = join(dataDir, 'postgres', 'PG_VERSION')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, '17\n')

  await expect(hold()).rejects.toThrow(/made by Postgres 17.*regulars backup.*DATABASE_URL/s)

  writeFileSync(file, right)
})

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
