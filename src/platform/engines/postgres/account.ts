import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** As whom Postgres runs, which refuses to be root. */
export type Account = {
  /** The whole command line that runs a program as this account. */
  command(program: string, args: string[]): [string, string[]]
  /** Set where it is another user of the system, who must be given programs and data at a place open to it. */
  user?: { uid: number; gid: number }
}

/**
 * Not root: as we are. Root: in a user namespace, in which root goes by another number; no system user is made, and
 * files stay root's own. Undefined where this machine refuses user namespaces.
 */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) return { command: dyingWithUs }
  // initdb looks its user's name up, so the number must be one that the system knows.
  const known = users()
  const id = known.find(({ uid }) => uid === 1000)?.uid ?? known.find(({ uid }) => uid > 0)?.uid ?? 1000
  const inside = ['unshare', '--user', `--map-user=${id}`, `--map-group=${id}`]
  if (!works([...inside, 'true'])) return undefined
  return { command: (program, args) => line([...inside, ...dyingWithUs(program, args).flat()]) }
}

/** A system user of our own, made where it is missing. Undefined where none can be made. */
export function systemUser(name = 'regulars'): Account | undefined {
  const find = (): Account['user'] => users().find((user) => user.name === name)
  if (!find()) works(['useradd', '--system', '--user-group', '--no-create-home', name])
  const user = find()
  // Node itself becomes the user (setuid) between fork and exec.
  return user && { command: dyingWithUs, user: { uid: user.uid, gid: user.gid } }
}

/** Linux sends a fast shutdown when the supervisor dies, however it dies. Elsewhere the next start finds the orphan. */
function dyingWithUs(program: string, args: string[]): [string, string[]] {
  const bound = ['setpriv', '--pdeathsig', 'INT']
  canBind ??= works([...bound, 'true'])
  return line(canBind ? [...bound, program, ...args] : [program, ...args])
}
let canBind: boolean | undefined

const line = ([program = '', ...args]: string[]): [string, string[]] => [program, args]

const works = (command: string[]): boolean => spawnSync(...line(command), { stdio: 'ignore' }).status === 0

function users(): { name: string; uid: number; gid: number }[] {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').trim().split('\n')
    return lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':')
      return { name, uid: Number(uid), gid: Number(gid) }
    })
  } catch {
    return []
  }
}
