import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { CustomerRow } from '#know/customers/contract.ts'
import { customersByIds, seenProfiles, visibleCustomers } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { addDays } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { todayOf } from '#understand/query/index.ts'
import type { Drift, Habit, HabitValue } from './contract.ts'

type Row = Omit<Drift, 'purchases'> & { beforePurchases: number; afterPurchases: number; customerId: number }

/** Older ones are no news. */
const yearly = 365

const columns: RawBuilder<Row> = sql`
  d.id, d.habit, d.before, d.after, d.noticed_on, d.before_purchases, d.after_purchases, map.customer_id`

/**
 * How a customer's habits drifted within a year. Who sees only some shops is told nothing: what is said rests on all of them.
 * @throws Refusal `customers.unknown`
 */
export async function driftsOfCustomer(ctx: Context, id: number): Promise<{ items: Drift[]; ownerId: number | null }> {
  const customerId = await customerOf(ctx, id)
  const [customer] = await customersByIds(ctx, [customerId])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  if (ctx.actor.scope.kind === 'shops') return { items: [], ownerId: customer.ownerId }
  const { rows } = await sql<Row>`
    select ${columns} from habit_drifts d join profile_customers map on map.profile_id = d.profile_id
     where d.profile_id = any(${await seenProfiles(ctx, customerId)}::bigint[]) and d.noticed_on > ${addDays(await todayOf(ctx), -yearly)}::date
     order by d.id desc limit 20`.execute(ctx.db)
  return { items: await shown(ctx, rows), ownerId: customer.ownerId }
}

/** Whose habits drifted within a year, of whom the actor sees, the latest first. Nobody for who sees only some shops. */
export async function listDrifts(
  ctx: Context,
  { habit, limit, after }: { habit?: Habit; limit: number; after?: string },
): Promise<{ items: (Drift & { customer: CustomerRow })[]; next?: string }> {
  if (ctx.actor.scope.kind === 'shops') return { items: [] }
  const before = after === undefined ? null : readCursor(z.tuple([z.number().int().positive()]), after)[0]
  const { rows } = await sql<Row>`
    select ${columns} from habit_drifts d
      join profile_customers map on map.profile_id = d.profile_id
      join customers on customers.id = map.customer_id
     where d.noticed_on > ${addDays(await todayOf(ctx), -yearly)}::date and ${visibleCustomers(ctx)}
       and (${habit ?? null}::text is null or d.habit = ${habit ?? null}::text) and (${before}::bigint is null or d.id < ${before}::bigint)
     order by d.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const [drifts, customers] = await Promise.all([
    shown(ctx, page),
    customersByIds(ctx, [...new Set(page.map(({ customerId }) => customerId))]),
  ])
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  return {
    items: page.flatMap(({ customerId }, at) => {
      const customer = byId.get(customerId)
      return customer ? [{ ...drifts[at]!, customer }] : []
    }),
    next: rows.length > limit ? cursorOf(page.at(-1)!.id) : undefined,
  }
}

/** With shops by their names. */
async function shown(ctx: Context, rows: readonly Row[]): Promise<Drift[]> {
  const { rows: shops } = await sql<{ id: number; name: string }>`select id, name from shops`.execute(ctx.db)
  const named = (habit: Habit, of: HabitValue): HabitValue =>
    habit === 'shop' ? { ...of, name: shops.find(({ id }) => String(id) === of.name)?.name ?? '–' } : of
  return rows.map(({ id, habit, before, after, noticedOn, beforePurchases, afterPurchases }) => ({
    ...{ id, habit, noticedOn },
    before: named(habit, before),
    after: named(habit, after),
    purchases: { before: beforePurchases, after: afterPurchases },
  }))
}
