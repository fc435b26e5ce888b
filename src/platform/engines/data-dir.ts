import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { EnginesError } from './engines-error.ts'

/**
 * Makes the data directory where it is missing, for its owner only, and returns its one true path.
 * @throws EnginesError where it cannot be written
 */
export function makeDataDir(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const advice = why.includes('ENOSPC') ? 'Free some space' : 'Give it to the user who runs Regulars'
    throw new EnginesError(`The data directory ${resolve(path)} cannot be used. ${advice}, or choose another.\n${why}`)
  }
}
