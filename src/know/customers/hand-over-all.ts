import { sql } from 'kysely'
import { note as tell } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { handedOver } from './facts.ts'
import { refuseUnknownOwner } from './hand-over.ts'

/** How many customers a member of staff looks after. */
export async function countOwned(ctx: Context, staffId: number): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    select count(*) as customers from customers where owner_id = ${staffId} and merged_into is null`.execute(ctx.db)
  return rows[0]!.customers
}

/**
 * Hands all customers of a member of staff over at once, merged ones too, in case that is undone: for who leaves, or is away for long. One statement, however many
 * (20,000 take some 2 s, most of it the indexes of `customers`); an edit of one of them at the same moment comes before or after.
 * @throws Refusal `customers.unknown_owner`
 */
export function handOverAll(
  ctx: Context,
  { id, ownerId, note }: { id: number; ownerId: number | null; note?: string },
): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    await refuseUnknownOwner(ctx, ownerId)
    if (ownerId === id) return 0
    const now = ctx.clock.now()
    const { label } = ctx.actor
    const { rows } = await sql<{ customers: number }>`
      with theirs as materialized (
        select id from customers where owner_id = ${id} order by id for update
      ),
      changed as (
        update customers set owner_id = ${ownerId}, version = version + 1, xid = pg_current_xact_id()
          from theirs where customers.id = theirs.id
        returning customers.id, customers.merged_into
      ),
      theirs_now as (select id from changed where merged_into is null),
      history as (
        insert into customer_owner_changes (customer_id, from_id, to_id, note, actor, at)
        select id, ${id}, ${ownerId}, ${note ?? null}, ${label}, ${now} from theirs_now
      ),
      told as (
        insert into facts (at, kind, profile_id, subject_id, actor, data)
        select ${now}, ${handedOver.kind}, (select min(profile_id) from profile_customers map where map.customer_id = theirs_now.id),
               theirs_now.id, ${label}, jsonb_build_object('from', ${id}::bigint, 'to', ${ownerId}::bigint)
          from theirs_now order by theirs_now.id
      )
      select count(*) as customers from theirs_now`.execute(ctx.db)
    const { customers } = rows[0]!
    tell(ctx, { rows: customers, data: { from: id, to: ownerId }, ...(note ? { shown: { note } } : {}) })
    return customers
  })
}
