import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Happening } from '../life/crowd.ts'
import { neverPaid } from '../life/sale.ts'
import type { Known } from './known.ts'

/** Sales of an earlier telling that were paid, or never were: the documents change, with a fact each. One statement. */
export async function settleEarlier(
  ctx: Context,
  batch: readonly Happening[],
  known: Known,
  told: number,
): Promise<void> {
  const rows = batch.flatMap((one) =>
    one.what === 'settled' && one.sale.at <= told
      ? [
          {
            source_id: known.places[one.sale.outlet.letter]!.source,
            number: one.sale.number,
            status: one.sale.settled!.status,
            reason: one.sale.settled!.status === 'void' ? neverPaid : null,
            at: new Date(one.at).toISOString(),
          },
        ]
      : [],
  )
  if (rows.length === 0) return
  await sql`
    with settled as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(source_id int, number text, status text, reason text, at timestamptz)
    ),
    changed as (
      update orders set status = settled.status, reason = settled.reason, version = orders.version + 1, xid = pg_current_xact_id()
        from settled
       where orders.source_id in (settled.source_id, (select id from sources where code = 'staff')) and orders.number = settled.number and orders.status = 'open'
   returning orders.id, orders.profile_id, orders.number, orders.status, orders.amount, settled.at
    )
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select at, 'orders.changed', profile_id, id, ${ctx.actor.label}, true,
           jsonb_build_object('amount', case status when 'void' then 0 else amount end, 'number', number)
      from changed`.execute(ctx.db)
}

/** Ids of sales that an earlier telling wrote and of which something goes back, or goes on, now. */
export async function earlierSales(
  ctx: Context,
  batch: readonly Happening[],
  known: Known,
  told: number,
): Promise<(number: string) => { id: number; profile: number } | undefined> {
  const wanted = batch.flatMap((one) =>
    (one.what === 'refund' || one.what === 'step') && one.sale.at <= told
      ? [{ source_id: known.places[one.sale.outlet.letter]!.source, number: one.sale.number }]
      : [],
  )
  if (wanted.length === 0) return () => undefined
  const { rows } = await sql<{ id: number; profile: number; number: string }>`
    select o.id, o.profile_id as profile, o.number
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as row(source_id int, number text)
      join orders o on o.number = row.number and o.kind = 'sale'
       and o.source_id in (row.source_id, (select id from sources where code = 'staff'))`.execute(ctx.db)
  const found = new Map(rows.map((row) => [row.number, row]))
  return (number) => found.get(number)
}
