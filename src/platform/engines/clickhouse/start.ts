import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HostOrder } from '../clickhouse-host.ts'
import { EnginesError } from '../engines-error.ts'
import { isMusl } from '../postgres/binaries.ts'
import type { EngineStart, RunningEngine } from '../running-engine.ts'
import { THREADS } from './limits.ts'

const USER = 'regulars'
const PATIENCE_MS = 120_000

/**
 * Starts ClickHouse (chdb) on `<dataDir>/clickhouse` in a process of its own that ends when this one does.
 * @throws EnginesError with what to do
 */
export async function startClickhouse(start: EngineStart): Promise<RunningEngine> {
  checkPlatform()
  const host = join(import.meta.dirname, '..', 'clickhouse-host.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', host], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: start.dataDir,
    env: { ...process.env, UV_THREADPOOL_SIZE: String(THREADS), NODE_OPTIONS: '', TZ: 'UTC' },
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  child.stdin.on('error', () => {})
  const { dataDir, password, durable } = start
  const order: HostOrder = { dataDir, user: USER, password, port: start.port, durable }
  child.stdin.write(`${JSON.stringify(order)}\n`)
  const port = await firstWord(child, ended)
  const url = `http://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${USER}`
  return { url, port, pid: child.pid ?? -1, ended, stop: () => stop(child, ended) }
}

async function firstWord(child: ChildProcess, ended: Promise<string>): Promise<number> {
  const said = new Promise<string>((resolve) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
  const gone = ended.then((how) => JSON.stringify({ failed: `its process ended with ${how} while starting` }))
  const late = sleep(PATIENCE_MS, JSON.stringify({ failed: 'it gave no answer for two minutes' }), { ref: false })
  const word = JSON.parse(await Promise.race([said, gone, late])) as { port?: number; failed?: string }
  if (word.port !== undefined) return word.port
  child.kill('SIGKILL')
  throw explain(word.failed ?? 'it said nothing')
}

function explain(words: string): EnginesError {
  const advice = /No space left|ENOSPC|NOT_ENOUGH_SPACE/i.test(words)
    ? 'The disk is full. Free some space and start again.'
    : /lock|another server instance/i.test(words)
      ? 'Another process uses its data directory. Stop it first.'
      : 'See engines.log in the data directory.'
  return new EnginesError(`ClickHouse did not start. ${advice}\n${words}`)
}

function checkPlatform(): void {
  const instead = 'Use WSL2 (Windows) or a Linux with glibc, or set CLICKHOUSE_URL to a ClickHouse server.'
  if (process.platform === 'win32' || isMusl()) {
    throw new EnginesError(`The bundled ClickHouse has no build for this system. ${instead}`)
  }
  try {
    createRequire(import.meta.url).resolve('chdb')
  } catch {
    throw new EnginesError(`The bundled ClickHouse is not installed. Run npm ci again. ${instead}`)
  }
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.end()
  await Promise.race([ended, sleep(10_000, undefined, { ref: false })])
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await ended
  }
}
