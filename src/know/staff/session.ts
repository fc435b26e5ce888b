import { sql } from 'kysely'
import { note } from '#platform/audit/index.ts'
import type { Actor, Context } from '#platform/context.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { rulesOf } from './second-factor/rules.ts'
import { clearCookie, setCookie, tokenIn } from './session-cookie.ts'
import { rememberAddress } from './slow-down.ts'
import { actorOf, type Eyes, eyesColumns, type StaffRow } from './staff.ts'
import { hashOf, newToken } from './token.ts'

/** A session ends after 14 days unused and 60 days in all, in machine time. */
const idleMs = 14 * 86_400_000
const absoluteMs = 60 * 86_400_000
/** `last_seen_at` is written at most so often, so that reading pages does not write. */
const seenEveryMs = 60_000

/** What must hold of a session's row, beside its token, for it to be alive. */
function alive(ctx: Context) {
  const now = ctx.clock.machine().getTime()
  return sql`last_seen_at > ${new Date(now - idleMs)} and began_at > ${new Date(now - absoluteMs)}`
}

/** Who sends these headers. One indexed read; a write once a minute. Role, shops and deactivation count at once. */
export async function authenticate(ctx: Context, headers: Headers): Promise<Actor | undefined> {
  const token = tokenIn(headers)
  if (!token) return undefined
  const { rows } = await sql<StaffRow & Eyes & Proof & { sessionId: number; lastSeenAt: Date }>`
    select s.id as session_id, s.last_seen_at, s.proved_at, s.factor_due, staff.id, role, locale, scope_shop_ids, ${eyesColumns}
      from staff_sessions s join staff on staff.id = s.staff_id
     where s.token_hash = ${hashOf(token)} and ${alive(ctx)} and deactivated_at is null`.execute(ctx.db)
  const found = rows[0]
  if (!found) return undefined
  const now = ctx.clock.machine()
  if (now.getTime() - found.lastSeenAt.getTime() >= seenEveryMs) {
    await sql`update staff_sessions set last_seen_at = ${now}
               where id = ${found.sessionId} and last_seen_at = ${found.lastSeenAt}`.execute(ctx.db)
  }
  return signedIn(found, found)
}

type Proof = { provedAt: Date; factorDue: boolean }

/** A member of staff in a session. Who must set up a second factor first may do nothing else. */
function signedIn(row: Parameters<typeof actorOf>[0], { provedAt, factorDue }: Proof): Actor {
  const actor = { ...actorOf(row), provedAt }
  return factorDue ? { ...actor, permissions: new Set(), waitsFor: 'second_factor' } : actor
}

/**
 * Begins a session of a member of staff in this browser, in place of the one it had; a new token each time, so that none
 * can be planted before. The address is known from now on (slow-down.ts).
 * @param passwordHash of the password just given: one that was changed meanwhile opens nothing
 * @returns who acts from now on, or undefined where the person was deactivated meanwhile
 */
export async function beginSession(
  ctx: RequestContext,
  staffId: number,
  passwordHash?: string,
): Promise<Actor | undefined> {
  await endThisSession(ctx)
  const { requireFactor } = (await rulesOf(ctx)).value
  const now = ctx.clock.machine()
  const token = newToken()
  const device = ctx.request.headers.get('user-agent')?.slice(0, 300) ?? ''
  const same = passwordHash === undefined ? sql`` : sql`and password_hash = ${passwordHash}`
  const { rows } = await sql<StaffRow & Eyes & { factorDue: boolean }>`
    with who as (
      select id, email, role, locale, scope_shop_ids, ${eyesColumns},
             ${requireFactor} and not exists (
               select from staff_factors where staff_id = staff.id and secret is not null) as factor_due
        from staff where id = ${staffId} and deactivated_at is null ${same} for share),
         begun as (
      insert into staff_sessions (staff_id, token_hash, began_at, last_seen_at, proved_at, factor_due, ip, user_agent)
      select id, ${hashOf(token)}, ${now}, ${now}, ${now}, factor_due, ${ctx.request.ip}, ${device} from who),
         old as (delete from staff_sessions where staff_id = ${staffId} and not (${alive(ctx)}))
    select * from who`.execute(ctx.db)
  const staff = rows[0]
  if (!staff) return undefined
  note(ctx, { actor: `staff:${staffId}`, object: 'staff', objectId: String(staffId) })
  await rememberAddress(ctx, staff.email)
  setCookie(ctx, token, absoluteMs)
  ctx.log.info({ staffId }, 'signed in')
  return signedIn(staff, { provedAt: now, factorDue: staff.factorDue })
}

/** Notes that the password was given once more in this browser's session: counts as a proof for 15 minutes. */
export async function noteProof(ctx: RequestContext): Promise<void> {
  const token = tokenIn(ctx.request.headers)
  await sql`
    update staff_sessions set proved_at = ${ctx.clock.machine()} where token_hash = ${hashOf(token ?? '')}`.execute(
    ctx.db,
  )
}

/** Ends the session of this browser, where it has one. */
export async function endThisSession(ctx: RequestContext): Promise<void> {
  const token = tokenIn(ctx.request.headers)
  if (!token) return
  await sql`delete from staff_sessions where token_hash = ${hashOf(token)}`.execute(ctx.db)
  clearCookie(ctx)
}

/** Ends all sessions and half-made sign-ins of a person, but the session of `keep`'s browser. @returns how many sessions */
export async function endSessions(ctx: Context, staffId: number, keep?: Headers): Promise<number> {
  const kept = keep && tokenIn(keep)
  await sql`delete from staff_second_steps where staff_id = ${staffId}`.execute(ctx.db)
  const { numAffectedRows } = await sql`
    delete from staff_sessions where staff_id = ${staffId}
       ${kept ? sql`and token_hash <> ${hashOf(kept)}` : sql``}`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}

/** The sessions of a person that are alive, newest first. */
export async function sessionsOf(ctx: Context, staffId: number, headers: Headers) {
  const token = tokenIn(headers)
  const { rows } = await sql<{
    id: number
    current: boolean
    userAgent: string
    ip: string
    beganAt: Date
    lastSeenAt: Date
  }>`
    select id, token_hash = ${token ? hashOf(token) : Buffer.alloc(0)} as current, user_agent, ip, began_at, last_seen_at
      from staff_sessions where staff_id = ${staffId} and ${alive(ctx)}
     order by last_seen_at desc, id desc limit 100`.execute(ctx.db)
  return rows
}
