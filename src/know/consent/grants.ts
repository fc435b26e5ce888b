import { sql } from 'kysely'
import { lockCustomer } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { consentGranted } from './facts.ts'

/** Of which messages a grant speaks: one template of one mini program or account. */
export type GrantOf = { channel: 'wechat' | 'wecom'; app: string; template: string }

type Entry = GrantOf & {
  profileId: number
  change: number
  reason: 'granted' | 'used' | 'returned' | 'refused'
  reference: string
}

/**
 * The customer tapped: so many more messages of this template may be sent. The same tap (`reference`) counts once.
 * @param profileId whose openid tapped; the customer's only one with an openid of the app, else the first, unless told
 * @throws Refusal `customers.unknown`
 */
export function grant(
  ctx: Context,
  {
    customerId,
    profileId,
    count,
    reference,
    ...of
  }: GrantOf & {
    customerId: number
    profileId?: number
    count: number
    reference: string
  },
): Promise<{ balance: number }> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, customerId)
    const id = profileId ?? (await tappingProfile(ctx, customerId, of.app))
    const isNew = await enter(ctx, { ...of, profileId: id, change: count, reason: 'granted', reference })
    if (isNew) {
      const data = { channel: of.channel, count }
      await announce(ctx, consentGranted, { profileId: id, subjectId: customerId, data })
    }
    return { balance: await balanceOf(ctx, customerId, of) }
  })
}

/**
 * Takes one message off the balance, for who is about to send it; the oldest of the customer's profiles that has one. Two at once
 * cannot take the last one twice: the balance's row is locked. The same message (`reference`) takes one once.
 * @returns the profile by whose openid it goes
 * @throws Refusal `consent.no_grant`
 */
export function takeGrant(
  ctx: Context,
  { customerId, reference, ...of }: GrantOf & { customerId: number; reference: string },
): Promise<{ profileId: number }> {
  return inTransaction(ctx, async (ctx) => {
    const { rows: taken } = await sql<{ profileId: number }>`
      select g.profile_id from consent_grants g join profile_customers map on map.profile_id = g.profile_id
       where map.customer_id = ${customerId} and g.app = ${of.app} and g.template = ${of.template}
         and g.reason = 'used' and g.reference = ${reference}`.execute(ctx.db)
    if (taken[0]) return taken[0]
    const { rows } = await sql<{ profileId: number }>`
      select b.profile_id from consent_balances b join profile_customers map on map.profile_id = b.profile_id
       where map.customer_id = ${customerId} and b.app = ${of.app} and b.template = ${of.template} and b.balance > 0
       order by b.profile_id limit 1 for update of b`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('conflict', 'consent.no_grant')
    await enter(ctx, { ...of, profileId: rows[0].profileId, change: -1, reason: 'used', reference })
    return rows[0]
  })
}

/** A message that took a grant never left: the grant is there again. Once for each message. */
export async function returnGrant(
  ctx: Context,
  { profileId, reference, ...of }: GrantOf & { profileId: number; reference: string },
): Promise<void> {
  await inTransaction(ctx, (ctx) => enter(ctx, { ...of, profileId, change: 1, reason: 'returned', reference }))
}

/**
 * The platform says that it knows of no grant (WeChat 43101: used up, or refused): whatever we counted, nothing is left. The
 * platform's word counts more than ours.
 */
export async function emptyGrants(
  ctx: Context,
  { profileId, reference, ...of }: GrantOf & { profileId: number; reference: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ balance: number }>`
      select balance from consent_balances
       where profile_id = ${profileId} and app = ${of.app} and template = ${of.template} for update`.execute(ctx.db)
    const left = rows[0]?.balance ?? 0
    if (left > 0) await enter(ctx, { ...of, profileId, change: -left, reason: 'refused', reference })
  })
}

/** Writes an entry and moves the balance. @returns whether it is new */
async function enter(ctx: Context, entry: Entry): Promise<boolean> {
  const { profileId, channel, app, template, change, reason, reference } = entry
  const { rows } = await sql`
    with entered as (
      insert into consent_grants (profile_id, channel, app, template, change, reason, reference, actor, at)
      values (${profileId}, ${channel}, ${app}, ${template}, ${change}, ${reason}, ${reference}, ${ctx.actor.label}, ${ctx.clock.now()})
          on conflict (profile_id, app, template, reason, reference) do nothing
      returning profile_id, channel, app, template, change
    )
    insert into consent_balances as b (profile_id, channel, app, template, balance)
    select profile_id, channel, app, template, greatest(change, 0) from entered
        on conflict (profile_id, app, template) do update set balance = b.balance + ${change}
    returning 1 as one`.execute(ctx.db)
  return rows.length > 0
}

async function balanceOf(ctx: Context, customerId: number, { app, template }: GrantOf): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select coalesce(sum(b.balance), 0)::int as balance
      from consent_balances b join profile_customers map on map.profile_id = b.profile_id
     where map.customer_id = ${customerId} and b.app = ${app} and b.template = ${template}`.execute(ctx.db)
  return rows[0]!.balance
}

async function tappingProfile(ctx: Context, customerId: number, app: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select map.profile_id as id
      from profile_customers map
      left join identifiers i on i.profile_id = map.profile_id and i.kind in ('openid', 'external_userid') and i.scope = ${app}
     where map.customer_id = ${customerId}
     order by (i.id is null), map.profile_id limit 1`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  return rows[0].id
}
