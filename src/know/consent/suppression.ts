import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Channel, Purpose, SuppressionReason } from './consent.ts'
import { touchAddresses } from './touched.ts'

/** An address in the form in which it is compared: an identifier, or where letters go. */
export type Address = { kind: string; scope: string; value: string }

/** Kinds of addresses that somebody can be written to by. */
export const reachingKinds = ['phone', 'email', 'openid', 'external_userid'] as const

/** What stands for an address on the list. Only who holds the house's key can tell which one it is: 3 µs each. */
export function suppressionHash({ secrets }: Pick<Context, 'secrets'>, { kind, scope, value }: Address): Buffer {
  return secrets.mac(JSON.stringify([kind, scope, value]), 'suppression')
}

/** Where letters go, as it is compared. */
export function postAddress(text: string): Address {
  return {
    kind: 'address',
    scope: '',
    value: text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s,.;，。、]+/gu, ''),
  }
}

/** Addresses of profiles, by profile. Two statements. */
export async function addressesOf(
  ctx: Context,
  profileIds: readonly number[],
): Promise<(Address & { profileId: number })[]> {
  const { rows } = await sql<Address & { profileId: number }>`
    select profile_id, kind, scope, value from identifiers
     where profile_id = any(${profileIds}::bigint[]) and kind = any(${[...reachingKinds]})`.execute(ctx.db)
  const { rows: places } = await sql<{ profileId: number; value: string }>`
    select profile_id, value #>> '{}' as value from profile_values
     where profile_id = any(${profileIds}::bigint[]) and field = 'address'`.execute(ctx.db)
  return [...rows, ...places.map(({ profileId, value }) => ({ profileId, ...postAddress(value) }))]
}

/** Puts addresses on the list; those that are on it for this reason stay as they are. @returns how many are new */
export async function suppress(
  ctx: Context,
  addresses: readonly Address[],
  { channel, purpose, reason }: { channel: Channel | 'any'; purpose: Purpose | 'any'; reason: SuppressionReason },
): Promise<number> {
  if (addresses.length === 0) return 0
  const hashes = [...new Set(addresses.map((one) => suppressionHash(ctx, one).toString('hex')))].sort()
  const { rows } = await sql`
    insert into suppressions (hash, channel, purpose, reason, actor, since)
    select decode(hash, 'hex'), ${channel}, ${purpose}, ${reason}, ${ctx.actor.label}, ${ctx.clock.now()}
      from unnest(${hashes}::text[]) as hash
        on conflict (hash, channel, purpose, reason) do nothing
    returning 1 as one`.execute(ctx.db)
  await touchAddresses(ctx, addresses)
  return rows.length
}

/**
 * Takes from the list what the person's own yes lifts: an earlier no to the same or to more. What came back or stands on somebody's
 * list stays: no word of the person mends that.
 */
export async function liftSuppressions(
  ctx: Context,
  addresses: readonly Address[],
  { channel, purpose }: { channel: Channel; purpose: Purpose },
): Promise<void> {
  const hashes = addresses.map((one) => suppressionHash(ctx, one).toString('hex'))
  await sql`
    with lifted as (
      delete from suppressions
       where hash in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as hash)
         and reason in ('unsubscribed', 'complained', 'erased')
         and channel in ('any', ${channel}) and purpose in ('any', ${purpose})
      returning hash, channel, purpose, reason, actor, since
    )
    -- A no to every purpose was more than this yes: the rest of it stays.
    insert into suppressions (hash, channel, purpose, reason, actor, since)
    select lifted.hash, ${channel}, rest.purpose, lifted.reason, lifted.actor, lifted.since
      from lifted, unnest(array['service', 'care', 'promotion']) as rest(purpose)
     where lifted.purpose = 'any' and rest.purpose <> ${purpose}
    union all
    select lifted.hash, rest.channel, lifted.purpose, lifted.reason, lifted.actor, lifted.since
      from lifted, unnest(array['email', 'sms', 'phone', 'wechat', 'wecom', 'post']) as rest(channel)
     where lifted.channel = 'any' and rest.channel <> ${channel}
        on conflict (hash, channel, purpose, reason) do nothing`.execute(ctx.db)
  await touchAddresses(ctx, addresses)
}
