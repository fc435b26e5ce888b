import { sql } from 'kysely'
import { consentStates } from '#know/consent/index.ts'
import { nextBirthday } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { askConfirms, dropOldConfirms } from '#know/talks/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, dayIn } from '#platform/days.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { freshnessOf } from './freshness.ts'

/** Open asks that one colleague, or nobody, has at a time: the list of today is for talks and promises first. */
const mostOpen = 10
/** Days that an ask stands open, and that nobody is asked about the same again. */
const openDays = 14
const restDays = 60

type Met = { customerId: number; ownerId: number | null; rank: number }

/**
 * Asks for what has grown old, or does not work, of people whom one likely meets soon: a talk is due within three days, the birthday
 * within a week, or they bought within a week. One field of a person, the longest overdue first. Each is a promise of the kind
 * `confirm` on the list of today, for who looks after the person. Set-wise; run again it asks nothing twice.
 * @returns how many it asked
 */
export async function askToConfirm(ctx: Context): Promise<number> {
  const { zone } = await merchantOf(ctx)
  const today = dayIn(zone, ctx.clock.now())
  await inTransaction(ctx, (ctx) => dropOldConfirms(ctx, addDays(today, -openDays)))
  const met = await metSoon(ctx, today)
  const open = await openAsks(ctx, today)
  const silent = await mayNotBeAsked(
    ctx,
    met.map(({ customerId }) => customerId),
  )
  let asked = 0
  for (let from = 0; from < met.length; from += 500) {
    const people = met
      .slice(from, from + 500)
      .filter(({ customerId }) => !open.asked.has(customerId) && !silent.has(customerId))
    const known = await freshnessOf(
      ctx,
      people.map(({ customerId }) => customerId),
    )
    const asks: { customerId: number; field: string }[] = []
    for (const { customerId, ownerId } of people) {
      if ((open.of.get(ownerId) ?? 0) >= mostOpen) continue
      const due = (known.get(customerId) ?? [])
        .filter(({ field, state }) => state !== 'fresh' && !open.rested.has(`${customerId} ${field}`))
        .sort((a, b) => Number(a.state === 'old') - Number(b.state === 'old') || (a.at < b.at ? -1 : 1))[0]
      if (!due) continue
      asks.push({ customerId, field: due.field })
      open.of.set(ownerId, (open.of.get(ownerId) ?? 0) + 1)
    }
    await inTransaction(ctx, (ctx) => askConfirms(ctx, asks, today))
    asked += asks.length
  }
  return asked
}

/** Whom one likely meets soon, the surest first; at most 2,000, so that a busy week does not read everybody. */
async function metSoon(ctx: Context, today: string): Promise<Met[]> {
  const week = [...Array(8).keys()].map((days) => addDays(today, days))
  const { rows: born } = await sql<{
    id: number
    calendar: 'solar' | 'lunar'
    month: number
    day: number
    leap: boolean | null
  }>`
    select id, birth_calendar as calendar, birth_month as month, birth_day as day, birth_leap as leap from customers
     where merged_into is null and mark is null and (birth_calendar = 'lunar' or (birth_month, birth_day) in (${sql.join(
       week.map((on) => sql`(${Number(on.slice(5, 7))}, ${Number(on.slice(8, 10))})`),
     )})) limit 50000`.execute(ctx.db)
  const soon = born.filter(({ calendar, month, day, leap }) => {
    const next = nextBirthday({ calendar, month, day, ...(leap ? { leap } : {}) }, today)
    return next !== undefined && next.inDays <= 7
  })
  const { rows } = await sql<Met>`
    with met as (
      select map.customer_id, 1 as rank from promises p join profile_customers map on map.profile_id = p.profile_id
       where p.kind = 'talk' and p.closed_at is null and p.due_on between ${today}::date - 7 and ${today}::date + 3
      union all
      select one, 2 from unnest(${soon.map(({ id }) => id)}::bigint[]) as of(one)
      union all
      select customer_id, 3 from (
        select map.customer_id from orders o join profile_customers map on map.profile_id = o.profile_id
         where o.placed_at >= ${ctx.clock.now()}::timestamptz - interval '7 days' and o.kind = 'sale' and o.status <> 'void'
         order by o.placed_at desc limit 5000) as bought
    )
    select met.customer_id, customers.owner_id, min(met.rank) as rank
      from met join customers on customers.id = met.customer_id
     where customers.merged_into is null and customers.mark is null
     group by met.customer_id, customers.owner_id order by 3, 1 limit 2000`.execute(ctx.db)
  return rows
}

async function openAsks(ctx: Context, today: string) {
  const { rows } = await sql<{ customerId: number; ownerId: number | null; field: string; open: boolean }>`
    select map.customer_id, customers.owner_id, p.what as field, p.closed_at is null as open
      from promises p join profile_customers map on map.profile_id = p.profile_id join customers on customers.id = map.customer_id
     where p.kind = 'confirm' and (p.closed_at is null or p.due_on >= ${addDays(today, -restDays)}::date)`.execute(
    ctx.db,
  )
  const of = new Map<number | null, number>()
  for (const { ownerId, open } of rows) if (open) of.set(ownerId, (of.get(ownerId) ?? 0) + 1)
  return {
    of,
    asked: new Set(rows.filter(({ open }) => open).map(({ customerId }) => customerId)),
    rested: new Set(rows.map(({ customerId, field }) => `${customerId} ${field}`)),
  }
}

/** Nobody asks after the dead. */
async function mayNotBeAsked(ctx: Context, ids: readonly number[]): Promise<Set<number>> {
  const silent = new Set<number>()
  for (const { customerId, words } of (await consentStates(ctx, ids)).values()) {
    if (words.some((word) => word.subject === 'deceased')) silent.add(customerId)
  }
  return silent
}
