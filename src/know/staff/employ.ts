import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { staffJoined } from './facts.ts'
import { hashPassword } from './hashing.ts'
import { refusePassword } from './password-rules.ts'
import type { Role } from './roles.ts'
import { refuseScope } from './staff.ts'

export type Employed = {
  name: string
  /** Lower case. */
  email: string
  role: Role
  locale: Locale
  password: string
  scopeShopIds?: number[] | null
}

/**
 * Makes a member of staff who can sign in at once, or gives the one who is there this password: for houses that are made by a
 * program, as the demo shop is. People join by a link (`addStaff`), so that nobody else ever knows their password.
 * @throws Refusal a password's objection, `staff.owner_sees_all`, `staff.unknown_shop`
 */
export async function employ(ctx: Context, { password, scopeShopIds = null, ...one }: Employed): Promise<void> {
  refusePassword(password, [one.name, one.email])
  const passwordHash = await hashPassword(password)
  await inTransaction(ctx, async (ctx) => {
    await refuseScope(ctx, one.role, scopeShopIds)
    const now = ctx.clock.machine()
    const { rows } = await sql<{ id: number; made: boolean }>`
      insert into staff (name, email, role, locale, scope_shop_ids, password_hash, password_changed_at, joined_at)
      values (${one.name}, ${one.email}, ${one.role}, ${one.locale}, ${scopeShopIds}, ${passwordHash}, ${now}, ${now})
          on conflict (email) do update
             set password_hash = excluded.password_hash, password_changed_at = excluded.password_changed_at, deactivated_at = null,
                 version = staff.version + 1
      returning id, xmax = 0 as made`.execute(ctx.db)
    const { id, made } = rows[0]!
    if (made) await announce(ctx, staffJoined, { subjectId: id, data: { role: one.role } })
  })
}
