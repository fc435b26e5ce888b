import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A process of the shop that is started again whenever it dies. */
export type Post = {
  name: string
  kind: 'serve' | 'work'
  /** Where it answers; undefined while it does not, and of a worker. */
  origin?: string
  up: boolean
  pid?: number
  /** Ends it for good, politely. */
  stop(): Promise<void>
}

/** Keeps a `serve` or a `work` running on a data folder, as systemd or Docker would. @param onEnd told how each life ended */
export function keepPost(
  name: string,
  kind: 'serve' | 'work',
  env: NodeJS.ProcessEnv,
  onEnd: (line: string) => void,
): Post {
  let stopping = false
  let child: ChildProcess | undefined
  const post: Post = {
    name,
    kind,
    up: false,
    async stop() {
      stopping = true
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      const patience = setTimeout(() => child?.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(patience)
    },
  }
  live()
  return post

  function live(): void {
    const program = kind === 'serve' ? ['src/main.ts', 'serve'] : ['test/crash/a-worker.ts']
    child = spawn(process.execPath, program, {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    const hear = (chunk: Buffer) => {
      told = `${told}${chunk}`.slice(-4000)
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0]
      if (kind === 'serve' && address) post.origin = address
      if (address || told.includes('working')) post.up = true
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    post.pid = child.pid
    child.once('exit', (code, signal) => {
      post.up = false
      post.origin = undefined
      post.pid = undefined
      if (signal !== 'SIGKILL' && !stopping) onEnd(`${name} ended by itself (${code ?? signal}): ${told.slice(-1500)}`)
      // As long as an engine is coming back, a process may fail to start: it is tried again, as whoever keeps it would.
      if (!stopping) setTimeout(live, signal === 'SIGKILL' ? 0 : 500)
    })
  }
}
