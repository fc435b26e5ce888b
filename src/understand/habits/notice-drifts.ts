import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { todayOf } from '#understand/query/index.ts'
import type { Habit } from './contract.ts'
import { driftsOf } from './drift.ts'
import { habitDrifted } from './facts.ts'
import { halfYear, halfYears } from './half-years.ts'

/**
 * Notices whose habits drifted between the last half year and that before it, and announces each once: the same habit of the same person
 * not again within a half year. What is found the first time ever is history: it is noted and starts nothing.
 * @returns how many were noticed
 */
export async function noticeDrifts(ctx: Context, signal?: AbortSignal): Promise<number> {
  const merchant = await merchantIfAny(ctx)
  if (!merchant) return 0
  const today = await todayOf(ctx)
  const { rows: looked } = await sql<{ before: boolean }>`
    select exists (select from habit_looks) as before`.execute(ctx.db)
  const historic = !looked[0]!.before
  let noticed = 0
  for await (const batch of halfYears(ctx, today, merchant.zone)) {
    signal?.throwIfAborted()
    const found = batch.flatMap(({ customerId, before, after }) =>
      driftsOf(before, after).map((one) => ({
        ...one,
        customer_id: customerId,
        before_purchases: before.purchases,
        after_purchases: after.purchases,
      })),
    )
    if (found.length > 0) noticed += await inTransaction(ctx, (ctx) => note(ctx, found, { today, historic }))
  }
  await sql`insert into habit_looks (on_day) values (${today}) on conflict do nothing`.execute(ctx.db)
  return noticed
}

async function note(
  ctx: Context,
  found: readonly object[],
  { today, historic }: { today: string; historic: boolean },
): Promise<number> {
  await lockFor(ctx, 'understand.habits')
  const { rows } = await sql<{ profileId: number; customerId: number; habit: Habit }>`
    with found as (
      select row.*, (select min(profile_id) from profile_customers m where m.customer_id = row.customer_id) as profile_id
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
          as row(customer_id bigint, habit text, before jsonb, after jsonb, before_purchases int, after_purchases int)
    )
    insert into habit_drifts (profile_id, habit, before, after, before_purchases, after_purchases, noticed_on)
    select f.profile_id, f.habit, f.before, f.after, f.before_purchases, f.after_purchases, ${today}::date
      from found f
     where f.profile_id is not null
       and not exists (select from profile_customers m join habit_drifts d on d.profile_id = m.profile_id
                        where m.customer_id = f.customer_id and d.habit = f.habit and d.noticed_on > ${addDays(today, -halfYear)}::date)
     order by f.customer_id, f.habit
    returning profile_id, habit, (select customer_id from profile_customers m where m.profile_id = habit_drifts.profile_id) as customer_id`.execute(
    ctx.db,
  )
  await announceAll(
    ctx,
    habitDrifted,
    rows.map(({ profileId, customerId, habit }) => ({ profileId, subjectId: customerId, historic, data: { habit } })),
  )
  return rows.length
}
