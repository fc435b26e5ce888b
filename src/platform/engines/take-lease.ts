import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EnginesError } from './engines-error.ts'
import { hear, PROTOCOL, type SupervisorSays, say } from './lease-wire.ts'
import { isAlive } from './process-identity.ts'
import { type EngineName, logPath, readState, type Supervisor } from './state-file.ts'

export type News = (line: string) => void
export type LeaseWish = { dataDir: string; wants: EngineName[]; durable: boolean }
export type Lease = {
  urls: Partial<Record<EngineName, string>>
  /** Resolves when the connection is over, for whatever reason. */
  gone: Promise<void>
  /** For the last holder: resolves when the engines are stopped. */
  giveBack(): Promise<void>
}

/** Exit code of a supervisor that found another at work. */
export const LOCKED = 75

const SILENCE_MS = 60_000
const MOST_KILLED = 3
const LOG_LIMIT = 1_000_000

/**
 * Connects to the supervisor of the data directory, starting one where none lives. Of several started at once the
 * lock lets one be; the others go, and whoever started them finds the winner by asking again.
 * @throws EnginesError
 */
export async function takeLease(wish: LeaseWish, onNews: News): Promise<Lease> {
  let child: ChildProcess | undefined
  let killed = 0
  let silentFrom = performance.now()
  while (performance.now() - silentFrom < SILENCE_MS) {
    const { supervisor } = readState(wish.dataDir)
    if (supervisor && isAlive(supervisor)) {
      if (supervisor.protocol !== PROTOCOL) throw new EnginesError(ofAnotherVersion(supervisor))
      const socket = await reach(supervisor)
      const lease = socket && (await ask(socket, supervisor.token, wish.wants, onNews))
      if (lease) return lease
      if (socket) silentFrom = performance.now()
    } else if (!child || child.exitCode !== null || child.signalCode !== null) {
      // One that was killed may have been killed for another's sake (too little memory); one that failed will fail again.
      if (child?.exitCode && child.exitCode !== LOCKED) throw new EnginesError(howItEnded(wish.dataDir))
      if (child?.signalCode && ++killed > MOST_KILLED) throw new EnginesError(howItEnded(wish.dataDir))
      child = spawnSupervisor(wish)
    }
    await sleep(25)
  }
  const pid = readState(wish.dataDir).supervisor?.pid
  throw new EnginesError(
    `The engines in ${wish.dataDir} are held by a process that gives no answer${pid ? ` (${pid})` : ''}, or in another container. ` +
      'End it, then start again.',
  )
}

function reach(supervisor: Supervisor): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(supervisor.address)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}

/** Asks for the engines. Undefined where the supervisor was just going: it is to be asked, or started, again. */
function ask(socket: Socket, token: string, wants: EngineName[], onNews: News): Promise<Lease | undefined> {
  return new Promise((resolve, reject) => {
    const gone = new Promise<void>((end) => socket.once('close', () => end()))
    const silence = setTimeout(() => socket.destroy(), SILENCE_MS)
    let failure: EnginesError | undefined
    void gone.then(() => {
      clearTimeout(silence)
      if (failure) reject(failure)
      else resolve(undefined)
    })
    const giveBack = async (): Promise<void> => {
      socket.ref()
      say(socket, { bye: true })
      await gone
    }
    hear<SupervisorSays>(socket, (line) => {
      clearTimeout(silence)
      if ('news' in line) onNews(line.news)
      if ('failed' in line) {
        failure = new EnginesError(line.failed)
        void giveBack()
      }
      if ('ready' in line) {
        // The lease alone does not keep a program running; one that ends without a word gives it back by ending.
        socket.unref()
        resolve({ urls: line.ready, gone, giveBack })
      }
      if ('left' in line) socket.end()
    })
    say(socket, { take: { token, wants } })
  })
}

function spawnSupervisor({ dataDir, durable }: LeaseWish): ChildProcess {
  const log = logPath(dataDir)
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(log, `${log}.old`)
  const file = openSync(log, 'a', 0o600)
  const program = join(import.meta.dirname, 'supervisor.ts')
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1']
  const child = spawn(process.execPath, [...flags, program, dataDir, durable ? 'durable' : 'fast'], {
    detached: true,
    stdio: ['ignore', file, file],
    cwd: dataDir,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  closeSync(file)
  child.unref()
  return child
}

function ofAnotherVersion({ pid }: Supervisor): string {
  return `The engines are run by another version of Regulars (process ${pid}). Stop what uses them, then start again.`
}

function howItEnded(dataDir: string): string {
  const words = readFileSync(logPath(dataDir), 'utf8').trim().split('\n').slice(-8).join('\n')
  return `The supervisor of the engines ended while starting. ${words}`
}
