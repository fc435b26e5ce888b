import { sql } from 'kysely'
import { consentStates } from '#know/consent/index.ts'
import { chosenIdentifiers, chosenValues } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { FreshField, Freshness } from './contract.ts'
import { termsOf } from './terms.ts'

type Row = {
  customerId: number
  field: FreshField
  at: Date
  confirmedAt: Date | null
  fault: 'bounced' | 'invalid' | null
}

/**
 * How old the shown values of some customers are, set-wise: since they were last said, or confirmed. What bounced is told by the list of
 * suppressed addresses, what staff heard to be wrong by `field_faults`; both count only if nothing was said or confirmed since.
 */
export async function freshnessOf(ctx: Context, customerIds: readonly number[]): Promise<Map<number, Freshness[]>> {
  const found = new Map<number, Freshness[]>()
  if (customerIds.length === 0) return found
  const { value: terms } = await termsOf(ctx)
  const [{ rows }, dead] = await Promise.all([
    sql<Row>`
      with said as (
        select customer_id, field, at from (${chosenValues(customerIds, await knownFields(ctx, customerIds))}) as value
        union all
        select tied.customer_id, tied.kind, i.at from (${chosenIdentifiers(customerIds)}) as tied join identifiers i on i.id = tied.id
         where tied.kind in ('phone', 'email')
      )
      select said.customer_id, said.field, said.at, confirmed.at as confirmed_at, fault.reason as fault
        from said
        left join lateral (
          select max(c.at) as at from profile_customers map join confirmations c on c.profile_id = map.profile_id
           where map.customer_id = said.customer_id and c.field = said.field and c.at >= said.at) as confirmed on true
        left join lateral (
          select f.reason from profile_customers map join field_faults f on f.profile_id = map.profile_id
           where map.customer_id = said.customer_id and f.field = said.field
             and f.at >= greatest(said.at, coalesce(confirmed.at, said.at))
           order by f.at desc limit 1) as fault on true
       order by said.customer_id, said.field`.execute(ctx.db),
    bounced(ctx, customerIds),
  ])
  for (const { customerId, field, at, confirmedAt, fault } of rows) {
    const since = confirmedAt ?? at
    const months = terms.months[field] ?? null
    const deadSince = dead.get(`${customerId} ${field}`)
    const state =
      deadSince && deadSince > since ? 'bounced' : (fault ?? (isOld(ctx.clock.now(), since, months) ? 'old' : 'fresh'))
    const one: Freshness = { field, at: since.toISOString(), confirmed: confirmedAt !== null, months, state }
    found.set(customerId, [...(found.get(customerId) ?? []), one])
  }
  return found
}

/** Whether a value of then has outlived its term by now. */
export function isOld(now: Date, since: Date, months: number | null): boolean {
  if (months === null) return false
  const until = new Date(since)
  until.setUTCMonth(until.getUTCMonth() + months)
  return until <= now
}

async function knownFields(ctx: Context, customerIds: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct v.field from profile_customers map join profile_values v on v.profile_id = map.profile_id
     where map.customer_id = any(${[...customerIds]}::bigint[])`.execute(ctx.db)
  return rows.map(({ field }) => field)
}

/** Since when an address of somebody is known to bounce: by `customer field`. */
async function bounced(ctx: Context, customerIds: readonly number[]): Promise<Map<string, Date>> {
  const dead = new Map<string, Date>()
  for (const { customerId, suppressed } of (await consentStates(ctx, customerIds)).values()) {
    for (const { reason, kind, since } of suppressed) {
      if (reason === 'bounced' && (kind === 'phone' || kind === 'email'))
        dead.set(`${customerId} ${kind}`, new Date(since))
    }
  }
  return dead
}
