import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from './lock.ts'
import { commandLineOf, isAlive } from './process-identity.ts'
import { type EngineName, lockPath, readState } from './state-file.ts'

/** What a look at a data directory's engines finds beside healthy ones. Nothing is changed by looking. */
export type Leftover =
  /** An engine runs and nobody supervises it. The next start ends it. */
  | { kind: 'orphan'; engine: EngineName; pid: number }
  /** The right to supervise is held, and the holder is no supervisor that can be reached: another container or machine. */
  | { kind: 'foreign_lock' }
  /** Postgres' own file names a process that is gone or another program. The next start clears it. */
  | { kind: 'stale_pid'; pid: number; file: string }

/** Looks for locks, process numbers and processes that were left behind in a data directory. */
export function leftoversIn(dataDir: string): Leftover[] {
  if (!existsSync(dataDir)) return []
  const { supervisor, running } = readState(dataDir)
  if (supervisor && isAlive(supervisor)) return []
  const found: Leftover[] = []
  for (const engine of ['postgres', 'clickhouse'] as const) {
    const known = running[engine]
    if (known && isAlive(known)) found.push({ kind: 'orphan', engine, pid: known.pid })
  }
  if (existsSync(lockPath(dataDir))) {
    const lock = takeLock(lockPath(dataDir))
    if (lock) lock.free()
    else found.push({ kind: 'foreign_lock' })
  }
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  if (pid > 1 && !commandLineOf(pid).includes('postgres')) found.push({ kind: 'stale_pid', pid, file })
  return found
}
