// The process that owns the embedded engines of one data directory. Started by the first holder, detached from it.
//
//   locked ─► listening ─► (first lease) engines start as they are asked for ─► (last lease ends) stopping ─► gone
//
// A lease is an open connection: a holder killed by SIGKILL gives it back by dying. A holder that says bye as the last
// waits until the engines are stopped; after one that died there is a moment for its successor to come.

import { randomBytes } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startClickhouse } from './clickhouse/start.ts'
import { type KeptEngine, keep } from './keep.ts'
import { type HolderSays, hear, PROTOCOL, type SupervisorSays, say } from './lease-wire.ts'
import { takeLock } from './lock.ts'
import { startPostgres } from './postgres/start.ts'
import { endProcess, identityOf, isAlive } from './process-identity.ts'
import type { EngineStart, RunningEngine } from './running-engine.ts'
import { type EngineName, keepSecrets, type LeaseAddress, lockPath, readState, writeState } from './state-file.ts'
import { LOCKED } from './take-lease.ts'

const FIRST_LEASE_MS = 15_000
const SUCCESSOR_MS = 1500
const SIGNAL_PATIENCE_MS = 30_000

const names: Record<EngineName, string> = { postgres: 'Postgres', clickhouse: 'ClickHouse' }
const starters: Record<EngineName, (start: EngineStart) => Promise<RunningEngine>> = {
  postgres: startPostgres,
  clickhouse: startClickhouse,
}

async function supervise(dataDir: string, durable: boolean): Promise<void> {
  const lock = takeLock(lockPath(dataDir))
  if (!lock) process.exit(LOCKED)
  const state = readState(dataDir)
  const secrets = keepSecrets(dataDir)
  const engines = new Map<EngineName, KeptEngine>()
  const leases = new Set<Socket>()
  const token = randomBytes(24).toString('base64url')
  let stopping: Promise<void> | undefined
  let idle = setTimeout(() => void stop(), FIRST_LEASE_MS)

  // ClickHouse ends with its supervisor by itself; one that could not is ended here. Postgres is seen to at its start.
  const { clickhouse } = state.running
  if (clickhouse && isAlive(clickhouse)) await sleep(3000)
  if (clickhouse) await endProcess(clickhouse, ['SIGKILL'], 5000)
  state.running = {}

  const server = createServer((socket) => {
    let known = false
    socket.on('error', () => {})
    socket.once('close', () => {
      if (leases.delete(socket) && leases.size === 0) wait(SUCCESSOR_MS)
    })
    hear<HolderSays>(socket, (line) => {
      if ('take' in line) {
        // One who comes while we are stopping finds the line dead and asks again, of our successor.
        if (line.take.token !== token || stopping) return void socket.destroy()
        known = true
        leases.add(socket)
        clearTimeout(idle)
        say(socket, { heard: true })
        void serve(socket, line.take.wants)
      } else if (known) leave(socket)
    })
  })

  function wait(ms: number): void {
    clearTimeout(idle)
    idle = setTimeout(() => void stop(), ms)
  }

  function news(line: string): void {
    process.stderr.write(`${line}\n`)
    for (const lease of leases) say(lease, { news: line } satisfies SupervisorSays)
  }

  async function serve(socket: Socket, wants: EngineName[]): Promise<void> {
    try {
      const urls = await Promise.all(wants.map(async (name) => [name, await engineOf(name).url()] as const))
      say(socket, { ready: Object.fromEntries(urls) })
    } catch (error) {
      for (const name of wants)
        await engines
          .get(name)
          ?.url()
          .catch(() => engines.delete(name))
      say(socket, { failed: error instanceof Error ? error.message : String(error) })
    }
  }

  function engineOf(name: EngineName): KeptEngine {
    const there = engines.get(name)
    if (there) return there
    const start = (port?: number): Promise<RunningEngine> =>
      starters[name]({ dataDir, password: secrets[name], port: port ?? state.ports[name], durable, news })
    const onRunning = (engine: RunningEngine): void => {
      state.running[name] = identityOf(engine.pid)
      state.ports[name] = engine.port
      writeState(dataDir, state)
    }
    const kept = keep({ name: names[name], start, onRunning, news })
    engines.set(name, kept)
    return kept
  }

  function leave(socket: Socket): void {
    leases.delete(socket)
    if (leases.size > 0) {
      say(socket, { left: true })
      socket.end()
    } else void stop(socket)
  }

  function stop(last?: Socket): Promise<void> {
    stopping ??= stopAll(last)
    return stopping
  }

  async function stopAll(last?: Socket): Promise<void> {
    clearTimeout(idle)
    server.close()
    await Promise.all([...engines.values()].map((engine) => engine.stop()))
    state.supervisor = undefined
    state.running = {}
    writeState(dataDir, state)
    lock?.free()
    if (last) {
      say(last, { left: true })
      await new Promise<void>((resolve) => last.end(() => resolve()))
    }
    process.exit(0)
  }

  // From outside (systemd, a shutdown): those who hold the engines are stopping as well, and need them until then.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => (leases.size === 0 ? void stop() : setTimeout(() => void stop(), SIGNAL_PATIENCE_MS)))
  }
  process.on('SIGHUP', () => {})

  const address = await listen(server, dataDir)
  state.supervisor = { ...identityOf(process.pid), address, token, protocol: PROTOCOL }
  writeState(dataDir, state)
}

/** A socket file where its path fits (the system's limit is some 104 bytes), else a loopback port. */
async function listen(server: Server, dataDir: string): Promise<LeaseAddress> {
  const path = join(dataDir, 'engines.sock')
  const fits = process.platform !== 'win32' && Buffer.byteLength(path) <= 100
  if (fits) rmSync(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (fits) server.listen(path, resolve)
    else server.listen(0, '127.0.0.1', resolve)
  })
  if (fits) chmodSync(path, 0o600)
  const bound = server.address()
  if (fits || bound === null || typeof bound === 'string') return { path }
  return { host: bound.address, port: bound.port }
}

const [dataDir, mode] = process.argv.slice(2)
if (dataDir) await supervise(dataDir, mode !== 'fast')
