import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Milliseconds of processor time by what used them; Linux alone tells, elsewhere it is empty. */
export type ProcessorTime = Record<'load' | 'server' | 'worker' | 'postgres' | 'clickhouse', number>

/** `gone`: of its children that have ended. */
type Process = { pid: number; parent: number; ms: number; gone: number; command: string; folder: string }

/** What the processes of a house have used so far. @param pids of those that are ours to know; the engines are found by their folder */
export function processorTime(dataDir: string, pids: { server?: number; worker?: number }): ProcessorTime {
  const all = processes()
  const postmaster = all.find(({ command }) => command.includes('postgres') && command.includes(dataDir))?.pid
  const used = (which: (one: Process) => boolean) => all.filter(which).reduce((sum, { ms }) => sum + ms, 0)
  const ended = all.find(({ pid }) => pid === postmaster)?.gone ?? 0
  return {
    load: used(({ command }) => command.includes('ingest/send.ts')),
    server: used(({ pid }) => pid === pids.server),
    worker: used(({ pid }) => pid === pids.worker),
    postgres: ended + used(({ pid, parent }) => pid === postmaster || parent === postmaster),
    clickhouse: used(({ command, folder }) => command.includes('clickhouse-host') && folder.startsWith(dataDir)),
  }
}

/** What was used between two looks. A process that ended in between counts up to the last look that saw it: look before it ends. */
export function between(before: ProcessorTime, after: ProcessorTime): ProcessorTime {
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, ms - before[name as keyof ProcessorTime]]),
  ) as ProcessorTime
}

/** A tick of the kernel's count. */
const tickMs = 10

function processes(): Process[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [, parent, , , , , , , , , , user, system, usersGone, systemsGone] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      const folder = readlinkSync(`/proc/${name}/cwd`)
      const [ms, gone] = [(user! + system!) * tickMs, (usersGone! + systemsGone!) * tickMs]
      return [{ pid: Number(name), parent: parent!, ms, gone, command, folder }]
    } catch {
      return [] // It ended while we looked.
    }
  })
}
