import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EnginesError } from '../engines-error.ts'
import { commandLineOf, endProcess, identityOf, isAlive } from '../process-identity.ts'

/**
 * Ends a Postgres that outlived its supervisor, and clears the pid file of one that was killed. Postgres itself gives
 * up where the number in that file now belongs to any other process, which is common in containers.
 */
export async function endLeftover(directory: string, news: (line: string) => void): Promise<void> {
  const file = join(directory, 'postmaster.pid')
  const pid = readPid(file)
  if (pid === undefined) return
  const known = identityOf(pid)
  const ours = commandLineOf(pid).includes(`-D ${directory} `)
  if (ours && isAlive(known)) {
    news(`A Postgres (process ${pid}) was left running without its supervisor: stopping it first.`)
    await endProcess(known, ['SIGINT'], 30_000)
    await endProcess(known, ['SIGQUIT', 'SIGKILL'], 5_000)
    if (isAlive(known)) {
      throw new EnginesError(`Process ${pid} still uses ${directory} and does not stop. End it, then start again.`)
    }
  }
  rmSync(file, { force: true })
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}
