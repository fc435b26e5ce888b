import { sql } from 'kysely'
import { merchantIfAny, merchantOf } from '#know/shops/index.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Session } from './contract.ts'
import { passwordChanged, staffJoined } from './facts.ts'
import { hashPassword } from './hashing.ts'
import { dropLinks, type Link, takeLink } from './link.ts'
import { refusePassword } from './password-rules.ts'
import { readLink } from './read-link.ts'
import { enter } from './second-factor/second-step.ts'
import { endSessions } from './session.ts'
import { actorOf, lockedStaff, type StaffRow } from './staff.ts'

type Wanted = { token: string; password: string; name?: string; locale?: Locale }

/**
 * Joins by an invite, or chooses a new password by a reset link (which ends all other sessions); then signs in: a new password
 * does not stand for the second factor. Of two who
 * use a link at once one wins.
 * @throws Refusal `staff.link_unknown`, `staff.link_used`, `staff.link_expired`, `staff.email_taken`, `staff.not_active`, a password's objection
 */
export async function useLink(ctx: RequestContext, wanted: Wanted): Promise<Session> {
  const shown = await readLink(ctx, wanted.token)
  if (shown.kind === 'set_up') throw new Refusal('not_found', 'staff.link_unknown')
  const merchant = await merchantIfAny(ctx)
  refusePassword(wanted.password, [wanted.name ?? shown.name, shown.email, merchant?.name ?? ''])
  const passwordHash = await hashPassword(wanted.password)

  return inTransaction(ctx, async (ctx) => {
    const link = await takeLink(ctx, wanted.token)
    const staff = await (link.kind === 'invite'
      ? join(ctx, link, wanted, passwordHash)
      : reset(ctx, link.staffId ?? 0, passwordHash))
    const asStaff = { ...ctx, actor: actorOf(staff) }
    const data = link.kind === 'invite' ? { role: staff.role } : undefined
    if (data) await announce(asStaff, staffJoined, { subjectId: staff.id, data })
    else await announce(asStaff, passwordChanged, { subjectId: staff.id, data: { by: 'reset' } })
    const session = await enter(asStaff, staff.id, passwordHash)
    if (!session) throw new Refusal('conflict', 'staff.not_active')
    return session
  })
}

async function join(ctx: RequestContext, link: Link, wanted: Wanted, passwordHash: string): Promise<StaffRow> {
  const now = ctx.clock.machine()
  const locale = wanted.locale ?? (await merchantOf(ctx)).locale
  const { rows } = await sql<{ id: number }>`
    insert into staff (name, email, role, locale, scope_shop_ids, whose, password_hash, password_changed_at, joined_at)
    values (${wanted.name ?? link.name}, ${link.email}, ${link.role}, ${locale}, ${link.scopeShopIds}, ${link.whose}, ${passwordHash}, ${now}, ${now})
        on conflict (email) do nothing returning id`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('conflict', 'staff.email_taken')
  return lockedStaff(ctx, rows[0].id)
}

async function reset(ctx: RequestContext, id: number, passwordHash: string): Promise<StaffRow> {
  const staff = await lockedStaff(ctx, id)
  if (staff.deactivatedAt) throw new Refusal('conflict', 'staff.not_active')
  await sql`
    update staff set password_hash = ${passwordHash}, password_changed_at = ${ctx.clock.machine()}, version = version + 1
     where id = ${id}`.execute(ctx.db)
  await endSessions(ctx, id)
  await dropLinks(ctx, { staffId: id })
  return staff
}
