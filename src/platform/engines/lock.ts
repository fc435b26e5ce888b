import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the right to supervise a data directory, or returns undefined where another process has it.
 *
 * It is a kernel lock (fcntl, taken by SQLite): it ends with the process however that dies, so there is no stale
 * lock to detect and no race in taking one over. Lock files with a pid inside have both.
 */
export function takeLock(path: string): { free(): void } | undefined {
  const database = new DatabaseSync(path)
  try {
    chmodSync(path, 0o600)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined
    throw error
  }
  return { free: () => database.close() }
}
