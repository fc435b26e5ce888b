import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { EnginesError } from '../engines-error.ts'
import { type Account, systemUser, unprivileged } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'

/** Where Postgres runs from and on, and as whom. */
export type Place = {
  account: Account
  /** The folder with its programs and libraries. */
  home: string
  /** The data directory is `<parent>/postgres`. */
  parent: string
}

const OPEN = '/var/lib/regulars'

/**
 * Decides as whom Postgres runs. Usually everything stays where it is. Only where root has no user namespaces does a
 * system user run it, from copies under /var/lib/regulars, with a link to the data left in the data directory.
 * @throws EnginesError
 */
export function findPlace(dataDir: string, { home }: PostgresBinaries, open = OPEN): Place {
  const there = lstatSync(join(dataDir, 'postgres'), { throwIfNoEntry: false })
  const account = there?.isSymbolicLink() ? undefined : unprivileged()
  if (account) return { account, home, parent: dataDir }
  const instead = 'Start Regulars as an ordinary user who owns the data directory, or set DATABASE_URL.'
  if (there?.isDirectory()) {
    throw new EnginesError(`Postgres does not run as root, and user namespaces are refused here now. ${instead}`)
  }
  const user = process.getuid?.() === 0 ? systemUser() : undefined
  if (!user?.user) throw new EnginesError(`Postgres does not run as root, and no user could be made for it. ${instead}`)
  const parent = join(open, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  mkdirSync(open, { recursive: true, mode: 0o755 })
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  chownSync(parent, user.user.uid, user.user.gid)
  if (!there) symlinkSync(join(parent, 'postgres'), join(dataDir, 'postgres'))
  return { account: user, home: reachable(home, user.user, open), parent }
}

/** The programs where they are, if the user can run them there; else a copy. */
function reachable(home: string, { uid, gid }: { uid: number; gid: number }, open: string): string {
  const works = (at: string): boolean =>
    spawnSync(join(at, 'bin', 'postgres'), ['--version'], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0
  if (works(home)) return home
  const { version } = JSON.parse(readFileSync(join(home, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(open, `postgres-${version}`)
  if (existsSync(copy) && works(copy)) return copy
  const draft = `${copy}.new-${process.pid}`
  cpSync(home, draft, { recursive: true, verbatimSymlinks: true })
  rmSync(copy, { recursive: true, force: true })
  renameSync(draft, copy)
  return copy
}
