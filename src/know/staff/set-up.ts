import { sql } from 'kysely'
import { foundMerchant, type Merchant } from '#know/shops/index.ts'
import { announce } from '#platform/facts/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Session } from './contract.ts'
import { currentSession } from './current-session.ts'
import { staffJoined } from './facts.ts'
import { hashPassword } from './hashing.ts'
import { linkOf, takeLink } from './link.ts'
import { refusePassword } from './password-rules.ts'
import { beginSession } from './session.ts'
import { actorOf, anyStaff } from './staff.ts'

type Wanted = {
  token: string
  owner: { name: string; email: string; password: string; locale: Locale }
  merchant: Omit<Merchant, 'version'>
  shop: { name: string }
}

/**
 * Makes the owner, the merchant and the first shop, together or not at all, and signs the owner in. Once: of two at the same
 * time the second is refused.
 * @throws Refusal `staff.already_set_up`, `staff.link_unknown`, a password's objection, `shops.zone_fixed`, `shops.currency_fixed`
 */
export async function setUp(ctx: RequestContext, { token, owner, merchant, shop }: Wanted): Promise<Session> {
  if (await anyStaff(ctx)) throw new Refusal('conflict', 'staff.already_set_up')
  if ((await linkOf(ctx, token)).kind !== 'set_up') throw new Refusal('not_found', 'staff.link_unknown')
  refusePassword(owner.password, [owner.name, owner.email, merchant.name, shop.name])
  const passwordHash = await hashPassword(owner.password)

  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'staff.set_up')
    if (await anyStaff(ctx)) throw new Refusal('conflict', 'staff.already_set_up')
    await takeLink(ctx, token)
    const now = ctx.clock.machine()
    const { rows } = await sql<{ id: number }>`
      insert into staff (name, email, role, locale, password_hash, password_changed_at, joined_at)
      values (${owner.name}, ${owner.email}, 'owner', ${owner.locale}, ${passwordHash}, ${now}, ${now})
      returning id`.execute(ctx.db)
    const { id } = rows[0]!
    const asOwner = { ...ctx, actor: actorOf({ id, role: 'owner', locale: owner.locale, scopeShopIds: null }) }
    await foundMerchant(asOwner, merchant, shop)
    await sql`delete from staff_links where kind = 'set_up' and used_at is null`.execute(ctx.db)
    await announce(asOwner, staffJoined, { subjectId: id, data: { role: 'owner' } })
    const actor = await beginSession(asOwner, id)
    return currentSession({ ...asOwner, actor: actor ?? asOwner.actor })
  })
}
