import type { Trail } from './audit/trail.ts'
import type { Columns } from './clickhouse/connect.ts'
import type { Clock } from './clock.ts'
import type { Queue } from './jobs.ts'
import type { Logger } from './log.ts'
import type { Db } from './postgres/connect.ts'
import type { Secrets } from './secrets.ts'

/**
 * Which rows an actor may see: all of the merchant's, those of chosen shops, or of the customers whom these members of staff
 * look after (the actor alone, or a team). Compiled into SQL by `know/customers/scope.ts` and `understand/query/source.ts`.
 */
export type Scope = { kind: 'all' } | { kind: 'shops'; shopIds: number[] } | { kind: 'owners'; staffIds: number[] }

/**
 * How a kind of personal data is shown: whole; masked, and whole one by one where somebody asks (`reveal`); masked; not at all.
 */
export const levels = ['full', 'reveal', 'masked', 'none'] as const
export type Level = (typeof levels)[number]

/** Who does it. `label` is what facts and histories keep: `staff:12`, `key:3`, `import:3`, `system`. */
export type Actor = {
  kind: 'staff' | 'key' | 'system' | 'import' | 'nobody'
  /** The member of staff. A key has none: it is a program's, whoever made it. */
  id?: number
  label: string
  permissions: ReadonlySet<string>
  scope: Scope
  /** How kinds of personal data are shown, as `phone`; a kind that is not named is shown whole. */
  sight?: Readonly<Record<string, Level>>
  /** en, zh-CN or zh-TW. */
  locale: string
  /** When the person last gave the password in this session, in machine time. */
  provedAt?: Date
  /** Signed in, but this must be set up before anything else: only endpoints of `self` answer. */
  waitsFor?: 'second_factor'
}

/** What every verb takes first: where to read and write, for whom, and what time it is. No ambient globals. */
export type Context = {
  db: Db
  columns: Columns
  clock: Clock
  actor: Actor
  log: Logger
  /** Seals what stands in the records but must not be read in a copy of them. */
  secrets: Secrets
  /** What the audit log will say of the act under way; absent where nobody asked for it (jobs). */
  trail?: Trail
  /** Absent on the command line, where the caller runs the work itself. */
  queue?: Queue
}

/** The house itself at work: the scheduler, the projection, the command line of the operator. It may do and see all. */
export const systemActor: Actor = {
  kind: 'system',
  label: 'system',
  permissions: new Set(['*']),
  scope: { kind: 'all' },
  locale: 'en',
}

/** A request without a signed-in person. */
export function nobody(locale: string): Actor {
  return { kind: 'nobody', label: 'nobody', permissions: new Set(), scope: { kind: 'shops', shopIds: [] }, locale }
}
