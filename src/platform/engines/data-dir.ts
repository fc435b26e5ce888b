import { accessSync, constants, existsSync, mkdirSync, realpathSync, statfsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { EnginesError } from './engines-error.ts'
import { lockPath } from './state-file.ts'

/** Bytes free below which nothing is started: Postgres would stop in the middle of things. */
const LEAST_SPACE = 16 * 1024 ** 2

/**
 * Makes the data directory where it is missing, for its owner only, and returns its one true path.
 * @throws EnginesError where it cannot be written, or is another user's
 */
export function makeDataDir(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    const { bavail, bsize } = statfsSync(path)
    if (bavail * bsize < LEAST_SPACE) throw new Error('ENOSPC: its disk is full')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const advice = why.includes('ENOSPC') ? 'Free some space' : 'Give it to the user who runs Regulars'
    throw new EnginesError(`The data directory ${resolve(path)} cannot be used. ${advice}, or choose another.\n${why}`)
  }
  const owner = statSync(path).uid
  // As root on a user's data we would leave files there that the user can no longer write.
  if (process.getuid?.() === 0 && owner !== 0 && existsSync(lockPath(path))) {
    throw new EnginesError(
      `The data directory ${resolve(path)} belongs to user ${owner}, and this is root. Run the same as that user.`,
    )
  }
  return realpathSync(path)
}
