import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EnginesError } from '../engines-error.ts'
import { commandLineOf, endProcess, identityOf, isAlive } from '../process-identity.ts'

/**
 * Ends a Postgres that outlived its supervisor, and what outlived a Postgres that was killed: its back ends go on writing for a
 * moment, and beside a new Postgres they would ruin the data.
 *
 * The pid file stays: by it Postgres finds the shared memory of such back ends and refuses to start over them. It is cleared only where
 * its number now belongs to any other process, which is common in containers, or to a dead one that nobody has buried: at both
 * Postgres gives up.
 * @throws EnginesError where they do not end
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
    if (isAlive(known)) throw stays(pid, directory)
  }
  for (const orphan of orphansIn(directory).map(identityOf)) {
    await endProcess(orphan, ['SIGQUIT', 'SIGKILL'], 5_000)
    if (isAlive(orphan)) throw stays(orphan.pid, directory)
  }
  if (isTaken(pid)) rmSync(file, { force: true })
}

/** As Postgres asks: also true of a process that has ended and that nobody has buried yet. */
function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Processes of Postgres that work in this directory. Empty where the system has no /proc; there the pid file guards alone. */
function orphansIn(directory: string): number[] {
  if (process.platform !== 'linux') return []
  const place = realpathSync(directory)
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && placeOf(pid) === place && /^postgres\b/.test(commandLineOf(pid)))
}

function placeOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

const stays = (pid: number, directory: string) =>
  new EnginesError(`Process ${pid} still uses ${directory} and does not stop. End it, then start again.`)

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}
