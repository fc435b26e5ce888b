import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A pid alone lies after a reboot or in a busy container: numbers are used again. With its start time it does not. */
export type ProcessIdentity = { pid: number; startedAt: string }

/** When a process started, in the system's own words (only good for comparing), or undefined where it is gone. */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in brackets may hold spaces and brackets itself, so count from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    }
    const answer = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
    return answer.trim() || undefined
  } catch {
    return undefined
  }
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: startTimeOf(pid) ?? 'gone' }
}

export function isAlive(known: ProcessIdentity): boolean {
  return startTimeOf(known.pid) === known.startedAt
}

/** The command line of a process, for telling whether a pid left in a file is one of ours. Empty where it is gone. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}

/**
 * Ends a process that is not our child: each signal in turn, waiting `patienceMs` for it to work.
 * Checks the start time before every signal, so a pid used again is never hit.
 */
export async function endProcess(known: ProcessIdentity, signals: NodeJS.Signals[], patienceMs: number): Promise<void> {
  for (const signal of signals) {
    if (!isAlive(known)) return
    try {
      process.kill(known.pid, signal)
    } catch {
      return
    }
    const until = performance.now() + patienceMs
    while (isAlive(known) && performance.now() < until) await sleep(25)
  }
}
