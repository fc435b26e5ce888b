import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { announceAll } from '#platform/facts/index.ts'
import type { Stage, Thresholds } from './contract.ts'
import { stageChanged } from './facts.ts'
import { judged } from './judge-sql.ts'

export type Cause = 'order' | 'clock' | 'thresholds'

type Change = { customerId: number; profileId: number | null; from: Stage | null; to: Stage; live: boolean }

/**
 * Judges customers anew and writes what changed, with a fact for each that came to stand in another stage; one statement and
 * one for the facts, however many. Call it in a transaction.
 *
 * Whom we see for the first time is no change, unless something live made it one: an imported history of a million customers
 * is not a million changes.
 * @param incoming rows (customer_id, first_purchase, last_purchase, live)
 * @returns how many stages changed
 */
export async function writeStages(
  ctx: Context,
  incoming: RawBuilder<unknown>,
  { today, thresholds, by }: { today: Day; thresholds: Thresholds; by: Cause },
): Promise<number> {
  const { rows } = await sql<Change>`
    with incoming as materialized (${incoming}),
    now as (select i.customer_id, i.first_purchase, i.last_purchase, i.live, ${judged('i', today, thresholds)} from incoming i),
    before as (select s.* from customer_stages s where s.customer_id in (select customer_id from incoming)),
    written as (
      insert into customer_stages as kept (customer_id, stage, is_new, since, first_purchase, last_purchase, recheck_on)
      select now.customer_id, now.stage, now.is_new, now.since, now.first_purchase, now.last_purchase, now.recheck_on
        from now join customers on customers.id = now.customer_id
       order by now.customer_id
      on conflict (customer_id) do update
         set stage = excluded.stage, is_new = excluded.is_new, first_purchase = excluded.first_purchase,
             last_purchase = excluded.last_purchase, recheck_on = excluded.recheck_on,
             since = case when kept.stage = excluded.stage then kept.since else excluded.since end
       where (kept.stage, kept.is_new, kept.first_purchase, kept.last_purchase, kept.recheck_on)
             is distinct from (excluded.stage, excluded.is_new, excluded.first_purchase, excluded.last_purchase, excluded.recheck_on)
      returning kept.customer_id, kept.stage
    )
    select written.customer_id, before.stage as "from", written.stage as "to", now.live,
           (select min(profile_id) from profile_customers m where m.customer_id = written.customer_id) as profile_id
      from written
      join now on now.customer_id = written.customer_id
      left join before on before.customer_id = written.customer_id
     where coalesce(before.stage, 'never') <> written.stage and (before.stage is not null or now.live)`.execute(ctx.db)
  await announceAll(
    ctx,
    stageChanged,
    rows.map(({ customerId, profileId, from, to, live }) => ({
      profileId: profileId ?? undefined,
      subjectId: customerId,
      historic: !live,
      data: { from: from ?? 'never', to, by },
    })),
  )
  return rows.length
}
