import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { HandedLink, Whose } from './contract.ts'
import type { Role } from './roles.ts'
import { hashOf, newToken } from './token.ts'

/** A link to hand over, good for one use: made, then used or expired or withdrawn (deleted). */
export type Link = {
  id: number
  kind: 'invite' | 'reset' | 'set_up'
  staffId: number | null
  name: string | null
  email: string | null
  role: Role | null
  scopeShopIds: number[] | null
  whose: Whose
  expiresAt: Date | null
  usedAt: Date | null
}

const pages = { invite: '/join', reset: '/reset' }
const daysOf = { invite: 7, reset: 1, set_up: undefined }

/** Makes a link: an invite for 7 days, a reset for one; a set-up link until the house is set up. */
export async function makeLink(
  ctx: Context,
  kind: Link['kind'],
  link: Partial<Pick<Link, 'staffId' | 'name' | 'email' | 'role' | 'scopeShopIds' | 'whose'>> = {},
): Promise<{ id: number; token: string; expiresAt: Date | null }> {
  const token = newToken()
  const now = ctx.clock.machine()
  const days = daysOf[kind]
  const expiresAt = days === undefined ? null : new Date(now.getTime() + days * 86_400_000)
  const { rows } = await sql<{ id: number }>`
    insert into staff_links (kind, token_hash, staff_id, name, email, role, scope_shop_ids, whose, created_by, created_at, expires_at)
    values (${kind}, ${hashOf(token)}, ${link.staffId ?? null}, ${link.name ?? null}, ${link.email ?? null},
            ${link.role ?? null}, ${link.scopeShopIds ?? null}, ${link.whose ?? 'all'}, ${ctx.actor.label}, ${now}, ${expiresAt})
    returning id`.execute(ctx.db)
  return { id: rows[0]!.id, token, expiresAt }
}

/**
 * A link as it is shown to who made it, once. The token is in the fragment, which browsers do not send: no log and no Referer
 * has it.
 */
export function handed(kind: 'invite' | 'reset', made: { token: string; expiresAt: Date | null }): HandedLink {
  return { address: `${pages[kind]}#token=${made.token}`, expiresAt: made.expiresAt!.toISOString() }
}

const columns = sql`id, kind, staff_id, name, email, role, scope_shop_ids, whose, expires_at, used_at`

/** The link of a token, while it can be used. @throws Refusal `staff.link_unknown`, `staff.link_used`, `staff.link_expired` */
export async function linkOf(ctx: Context, token: string): Promise<Link> {
  const { rows } = await sql<Link>`select ${columns} from staff_links where token_hash = ${hashOf(token)}`.execute(
    ctx.db,
  )
  const link = rows[0]
  if (!link) throw new Refusal('not_found', 'staff.link_unknown')
  if (link.usedAt) throw new Refusal('gone', 'staff.link_used')
  if (link.expiresAt && link.expiresAt <= ctx.clock.machine()) throw new Refusal('gone', 'staff.link_expired')
  return link
}

/**
 * Marks a link as used, in the transaction of its effect. Two who use it at once: the second waits for the first, then is told.
 * @throws Refusal as `linkOf`
 */
export async function takeLink(ctx: Context, token: string): Promise<Link> {
  const now = ctx.clock.machine()
  const { rows } = await sql<Link>`
    update staff_links set used_at = ${now}
     where token_hash = ${hashOf(token)} and used_at is null and (expires_at is null or expires_at > ${now})
    returning ${columns}`.execute(ctx.db)
  if (rows[0]) return rows[0]
  await linkOf(ctx, token)
  throw new Refusal('gone', 'staff.link_used')
}

/** Withdraws links that were not used yet. */
export async function dropLinks(ctx: Context, which: { email?: string; staffId?: number; createdBy?: string }) {
  const conditions = [
    which.email === undefined ? undefined : sql`email = ${which.email}`,
    which.staffId === undefined ? undefined : sql`staff_id = ${which.staffId}`,
    which.createdBy === undefined ? undefined : sql`created_by = ${which.createdBy}`,
  ].filter((condition) => condition !== undefined)
  await sql`delete from staff_links where used_at is null and (${sql.join(conditions, sql` or `)})`.execute(ctx.db)
}
