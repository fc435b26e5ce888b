import { sql } from 'kysely'
import { lockCustomer, seenProfiles, staffProfile } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn, instantIn } from '#platform/days.ts'
import { announce, announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { arrivalOf } from './arrival.ts'
import type { ArrivalSaying } from './contract.ts'
import { arrivalSaid, arrivalUnsaid } from './facts.ts'
import { wayOf } from './way.ts'

type Said = { id: number; wayId: number | null; campaign?: string; referredById?: number; on?: string }

/**
 * Says by hand where a customer came from, in place of what a hand said before.
 * @throws Refusal `customers.unknown`, `arrivals.unknown_way`, `arrivals.nothing_said`, `arrivals.not_yet`, `arrivals.by_oneself`
 */
export function sayArrival(ctx: Context, { id, wayId, campaign, referredById, on }: Said): Promise<ArrivalSaying[]> {
  if (wayId === null && !campaign && !referredById) throw new Refusal('invalid', 'arrivals.nothing_said')
  return inTransaction(ctx, async (ctx) => {
    const { zone } = await merchantOf(ctx)
    if (on && on > dayIn(zone, ctx.clock.now())) throw new Refusal('invalid', 'arrivals.not_yet')
    await lockCustomer(ctx, id)
    if (wayId !== null) await wayOf(ctx, wayId)
    const own = await seenProfiles(ctx, id)
    const by = referredById ? await profileOf(ctx, referredById, own) : null
    const profileId = await staffProfile(ctx, id)
    const day = on ?? (await firstDay(ctx, id, zone))
    await unsayHands(ctx, [...own, profileId])
    await sql`
      insert into arrivals (profile_id, origin, way_id, campaign, referrer_profile_id, at, on_day, actor, told_at)
      values (${profileId}, 'hand', ${wayId}, ${campaign ?? null}, ${by}, ${instantIn(zone, day)}, ${day}, ${ctx.actor.label}, ${ctx.clock.now()})
          on conflict (profile_id) do update
             set origin = 'hand', way_id = excluded.way_id, campaign = excluded.campaign, referrer = null, ref = null,
                 referrer_profile_id = excluded.referrer_profile_id, at = excluded.at, on_day = excluded.on_day, gone = false,
                 actor = excluded.actor, told_at = excluded.told_at, xid = pg_current_xact_id()`.execute(ctx.db)
    await announce(ctx, arrivalSaid, {
      profileId,
      subjectId: wayId ?? undefined,
      data: { origin: 'hand', referred: by !== null },
    })
    return arrivalOf(ctx, id)
  })
}

/** Takes back what hands said. @throws Refusal `customers.unknown` */
export function unsayArrival(ctx: Context, id: number): Promise<ArrivalSaying[]> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const gone = await unsayHands(ctx, await seenProfiles(ctx, id))
    await announceAll(
      ctx,
      arrivalUnsaid,
      gone.map((profileId) => ({ profileId, data: {} })),
    )
    return arrivalOf(ctx, id)
  })
}

async function unsayHands(ctx: Context, profileIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ profileId: number }>`
    update arrivals set gone = true, actor = ${ctx.actor.label}, told_at = ${ctx.clock.now()}, xid = pg_current_xact_id()
     where profile_id = any(${[...profileIds]}::bigint[]) and origin = 'hand' and not gone returning profile_id`.execute(
    ctx.db,
  )
  return rows.map((row) => row.profileId)
}

/** A profile by which another customer is named, whoever that is merged with later. @throws Refusal `customers.unknown` */
async function profileOf(ctx: Context, customerId: number, own: readonly number[]): Promise<number> {
  const [first] = (await seenProfiles(ctx, customerId)).sort((a, b) => a - b)
  if (first === undefined) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  if (own.includes(first)) throw new Refusal('invalid', 'arrivals.by_oneself')
  return first
}

/** The day of the first order, or of getting known. */
async function firstDay(ctx: Context, id: number, zone: string): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select least((c.created_at at time zone ${zone})::date,
                 (select min(o.day) from profile_customers map join orders o on o.profile_id = map.profile_id where map.customer_id = c.id)) as day
      from customers c where c.id = ${id}`.execute(ctx.db)
  return rows[0]!.day
}
