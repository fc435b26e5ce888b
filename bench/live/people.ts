import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { move, startCursors } from '#understand/projection/cursors.ts'
import { horizonOf } from '#understand/projection/position.ts'

/** The records of the people that segments/made.ts puts into the columns, as bare as they may be; and the columns are up to them. */
export async function madePeople(ctx: Context, customers: number): Promise<void> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from customers) as any`.execute(ctx.db)
  if (!rows[0]!.any) {
    await sql`set statement_timeout = 0`.execute(ctx.db)
    await sql`
      insert into customers (id, created_at) overriding system value
      select n, now() from generate_series(1, ${customers}::bigint) n`.execute(ctx.db)
    await sql`
      insert into profiles (id, source_id, external_id) overriding system value
      select n, (select min(id) from sources), 'bench:' || n from generate_series(1, ${customers * 2}::bigint) n`.execute(
      ctx.db,
    )
    await sql`
      insert into profile_customers (profile_id, customer_id)
      select n, case when n > ${customers} then n - ${customers} else n end from generate_series(1, ${customers * 2}::bigint) n`.execute(
      ctx.db,
    )
    await sql`update behaviour_keeping set last_id = greatest(last_id, 1000000)`.execute(ctx.db)
  }
  // What was made in the columns counts as copied.
  await sql`delete from projections`.execute(ctx.db)
  const { epoch, next } = await horizonOf(ctx)
  await startCursors(ctx, 'live', { epoch, xid: next })
  await move(ctx, 'live', 'traits', { xid: (BigInt(next) + 1n).toString(), id: 0 }, 0)
}
