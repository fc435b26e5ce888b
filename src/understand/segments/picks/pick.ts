import { type RawBuilder, sql } from 'kysely'
import { actorNames } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { How, Pick } from './picks-contract.ts'

export type PickRecord = {
  customerId: number
  segmentId: number
  how: How
  reason: string | null
  until: string | null
  actor: string
  at: Date
}

/**
 * What holds on a day, one row a customer and segment: of a person's profiles the last word, of those that have not ended. The columns'
 * counterpart is understand/query/record.ts.
 * @param of a condition over `pick`, a row of segment_picks, and `map`, whose it is
 */
export function picksHeld(of: RawBuilder<boolean>, today: string): RawBuilder<unknown> {
  return sql`
    select distinct on (map.customer_id, pick.segment_id) map.customer_id, pick.segment_id, pick.state as how, pick.reason,
           pick.until, pick.actor, pick.at
      from segment_picks pick join profile_customers map on map.profile_id = pick.profile_id
     where pick.state <> 'gone' and (pick.until is null or pick.until >= ${today}::date) and ${of}
     order by map.customer_id, pick.segment_id, pick.at desc, pick.profile_id desc`
}

/** As the contract shows them. */
export async function shownPicks<T extends PickRecord>(ctx: Context, records: readonly T[]): Promise<Pick[]> {
  const names = await actorNames(
    ctx,
    records.map(({ actor }) => actor),
  )
  return records.map(({ how, reason, until, actor, at }) => ({
    ...{ how, reason, until, actorName: names.get(actor) ?? null },
    at: at.toISOString(),
  }))
}
