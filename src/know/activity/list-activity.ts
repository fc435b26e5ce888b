import { sql } from 'kysely'
import { z } from 'zod'
import type { FactGroup } from '#know/customers/contract.ts'
import {
  customersByIds,
  factTeller,
  ofGroups,
  type TimelineRow,
  type TimelineTeller,
  visibleCustomers,
  visibleFacts,
} from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { addDays, instantIn } from '#platform/days.ts'
import type { ActivityItem } from './contract.ts'

type Asked = { of?: readonly FactGroup[]; day?: string; staffId?: number; limit: number; after?: string }

/**
 * Of accounts, keys and the house itself: the audit log's, and of who manages staff. Comings and goings of segments are many a night, and
 * stand with the segment.
 */
const hidden = ['membership.%', 'staff.%', 'keys.%', 'shops.%', 'ingest.%', 'rights.%', 'fresh.terms_%']

/** How far back one page looks, so that a rare kind does not read the whole log. A colleague's acts have an index of their own. */
const monthMs = 31 * 86_400_000

const cursor = z.tuple([z.number(), z.number()])

/**
 * A page of the shop's feed, in the order in which facts were written. Who does not see everybody sees what happened with the own
 * customers, and of shops only the orders of theirs; what is about no customer only those who see all.
 */
export async function listActivity(
  ctx: Context,
  { of, day, staffId, limit, after }: Asked,
  tellers: readonly TimelineTeller[] = [],
): Promise<{ items: ActivityItem[]; next: string | undefined }> {
  const last = after ? readCursor(cursor, after) : undefined
  const { zone } = await merchantOf(ctx)
  const until = day ? instantIn(zone, addDays(day, 1)) : last ? new Date(last[1]) : undefined
  const since = day
    ? instantIn(zone, day)
    : staffId
      ? undefined
      : new Date((until ?? ctx.clock.now()).getTime() - monthMs)
  const whole = ctx.actor.scope.kind === 'all'
  const { rows } = await sql<TimelineRow & { customerId: number | null }>`
    select facts.id, facts.at, facts.kind, facts.subject_id, facts.actor, facts.historic, facts.data, map.customer_id, '' as place
      from facts left join profile_customers map on map.profile_id = facts.profile_id
     where not facts.historic and facts.kind not like all(${hidden}::text[])
       ${whole ? sql`` : sql`and exists (select from customers where customers.id = map.customer_id and ${visibleCustomers(ctx)}) and ${visibleFacts(ctx)}`}
       ${of && of.length > 0 ? sql`and ${ofGroups(of)}` : sql``}
       ${since ? sql`and facts.at >= ${since}` : sql``}
       ${until && (day || !last) ? sql`and facts.at < ${until}` : sql``}
       ${staffId ? sql`and facts.actor = ${`staff:${staffId}`} and (facts.actor like 'staff:%' or facts.actor like 'key:%')` : sql``}
       ${last?.[0] ? sql`and facts.id < ${last[0]}` : sql``}
     order by facts.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const tell = await factTeller(ctx, tellers)
  const people = await customersByIds(ctx, [...new Set(page.flatMap(({ customerId }) => customerId ?? []))])
  const byId = new Map(people.map((one) => [one.id, one]))
  const items = (await tell(page)).map((item, at) => ({
    ...item,
    customer: byId.get(page[at]!.customerId ?? 0) ?? null,
  }))
  return { items, next: await goesOn(ctx, { page, more: rows.length > limit, since, day, last }) }
}

/** After a full page the next; after a short one the month before, while the log is older. */
async function goesOn(
  ctx: Context,
  {
    page,
    more,
    since,
    day,
    last,
  }: {
    page: readonly { id: number }[]
    more: boolean
    since?: Date
    day?: string
    last?: [number, number]
  },
): Promise<string | undefined> {
  const end = page.at(-1)?.id ?? last?.[0] ?? 0
  if (more) return cursorOf(end, last?.[1] ?? ctx.clock.now().getTime() + 86_400_000)
  if (day || !since) return undefined
  const { rows } = await sql<{ at: Date }>`select least(at, recorded_at) as at from facts order by id limit 1`.execute(
    ctx.db,
  )
  return rows[0] && rows[0].at < since ? cursorOf(end, since.getTime()) : undefined
}
