import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { EnginesError } from '../engines-error.ts'
import { freePort } from '../free-port.ts'
import type { EngineStart, RunningEngine } from '../running-engine.ts'
import { findPostgres } from './binaries.ts'
import { makeCluster, OWNER } from './cluster.ts'
import { endLeftover } from './leftover.ts'
import { findPlace, type Place } from './place.ts'
import { postgresEnvironment, postgresSettings } from './settings.ts'
import { explain } from './trouble.ts'

const LOG_LIMIT = 2_000_000

/**
 * Starts the bundled Postgres on `<dataDir>/postgres`, making it first where there is none, with our database in it.
 * Call it only while holding the lock of the data directory: what still runs there is taken for a leftover and ended.
 * @throws EnginesError with what to do
 */
export async function startPostgres(start: EngineStart, programs = findPostgres()): Promise<RunningEngine> {
  const place = findPlace(start.dataDir, programs)
  await endLeftover(join(place.parent, 'postgres'), start.news)
  const { password, durable, news } = start
  await makeCluster({ ...place, password, durable, news })
  let port = start.port
  for (let attempt = 1; ; attempt++) {
    port = await freePort(port)
    const server: Server = launch(start, place, port)
    const trouble = await untilReady(server, start, port)
    if (!trouble) return server.engine
    await server.engine.stop()
    if (attempt >= 5 || !/could not bind|Address already in use|shared memory block/.test(trouble)) {
      throw explain(trouble, 'Postgres did not start')
    }
    // Another program took the port in between, or the last processes of a killed Postgres are still going.
    await sleep(/shared memory/.test(trouble) ? 1000 : 50)
    if (/bind|Address/.test(trouble)) port = undefined
  }
}

type Server = { engine: RunningEngine; directory: string; log: string; logFrom: number }

function launch(start: EngineStart, { home, account, parent }: Place, port: number): Server {
  const directory = join(parent, 'postgres')
  const log = join(start.dataDir, 'postgres.log')
  const logFrom = turnLog(log)
  const file = openSync(log, 'a', 0o600)
  const [program, args] = account.command(join(home, 'bin', 'postgres'), [
    '-D',
    directory,
    ...postgresSettings(port, start.durable),
  ])
  const child = spawn(program, args, {
    stdio: ['ignore', file, file],
    env: postgresEnvironment(),
    cwd: '/',
    ...account.user,
  })
  closeSync(file)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  const url = `postgres://${OWNER}:${start.password}@127.0.0.1:${port}/${OWNER}`
  const engine = { url, port, pid: child.pid ?? -1, ended, stop: () => stop(child, ended) }
  return { engine, directory, log, logFrom }
}

/** Waits until it answers and our database is there. Returns what it printed where it ended instead. */
async function untilReady(server: Server, start: EngineStart, port: number): Promise<string | undefined> {
  let over: string | undefined
  void server.engine.ended.then((how) => {
    over = how
  })
  const told = performance.now() + 4000
  let recovering = false
  // Recovery after a crash may take minutes; as long as the process lives it is at work.
  while (over === undefined) {
    const answer = saysReady(server.directory) ? await knock(start.password, port) : 'not yet'
    if (answer === 'ready') return undefined
    if (answer instanceof Error) return answer.message
    if (!recovering && performance.now() > told) {
      recovering = true
      start.news('Postgres was not stopped cleanly: it is recovering, nothing is lost.')
    }
    await sleep(20)
  }
  return readFileSync(server.log).subarray(server.logFrom).toString() || `postgres ended with ${over}`
}

/** Its own word, in the eighth line of its pid file: asking by connecting would fill the log with refusals. */
function saysReady(directory: string): boolean {
  try {
    return readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

async function knock(password: string, port: number): Promise<'ready' | 'not yet' | Error> {
  const connection = { host: '127.0.0.1', port, user: OWNER, password, connectionTimeoutMillis: 5000 }
  const client = new Client({ ...connection, database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    const found = await client.query('select 1 from pg_database where datname = $1', [OWNER])
    if (found.rowCount === 0) await client.query(`create database ${OWNER}`)
    return 'ready'
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === '28P01') {
      const text = 'engines.secrets.json does not hold the password of this data directory. Restore it beside the data.'
      return new EnginesError(text)
    }
    // 57P03: starting up. 42P04: made by another in between.
    const passing = code === undefined || code === '57P03' || code === '42P04' || /^E[A-Z]+$/.test(code)
    return passing ? 'not yet' : (error as Error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown; where that hangs an immediate one, which the next start recovers from. */
async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const waits: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ]
  for (const [signal, patience] of waits) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await Promise.race([ended, sleep(patience, undefined, { ref: false })])
  }
}

function turnLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size <= LOG_LIMIT) return size
  renameSync(path, `${path}.old`)
  return 0
}
