import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** As whom Postgres runs, which refuses to be root: how to start a program so, and where it may live. */
export type Account = {
  /** The whole command line that runs `program` as this account. */
  command(program: string, args: string[]): [string, string[]]
  /** Set where it is another user of the system, who must be able to reach programs and data. */
  user?: { uid: number; gid: number; name: string }
}

const plain: Account = { command: (program, args) => [program, args] }

/**
 * Not root: as we are. Root: in a user namespace, in which root is called by another number; no system user is made,
 * and files stay root's own. Undefined where this machine refuses user namespaces.
 */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) return plain
  // initdb looks its user's name up, so the number must be one that the system knows.
  const known = knownUserIds()
  const id = known.includes(1000) ? 1000 : (known.find((each) => each > 0) ?? 1000)
  const wrap = ['--user', `--map-user=${id}`, `--map-group=${id}`]
  const probe = spawnSync('unshare', [...wrap, 'true'], { stdio: 'ignore' })
  if (probe.status !== 0) return undefined
  return { command: (program, args) => ['unshare', [...wrap, program, ...args]] }
}

function knownUserIds(): number[] {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').trim().split('\n')
    return lines.map((line) => Number(line.split(':')[2])).filter(Number.isInteger)
  } catch {
    return []
  }
}
