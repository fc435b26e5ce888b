import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { handedOver } from './facts.ts'
import { shownField } from './sight.ts'
import type { TimelineRow } from './timeline.ts'

/**
 * Says what rows of a timeline were about, which facts do not hold: by the row, as the actor may see it. One read for a page; rows of
 * kinds that are not its own it leaves out.
 */
export type TimelineTeller = (ctx: Context, rows: readonly TimelineRow[]) => Promise<ReadonlyMap<TimelineRow, string>>

/** Rows of some kinds, and the ids that they are about. */
export function rowsAbout(rows: readonly TimelineRow[], kinds: readonly string[]): { row: TimelineRow; id: number }[] {
  return rows.flatMap((row) => (kinds.includes(row.kind) && row.subjectId !== null ? [{ row, id: row.subjectId }] : []))
}

/** The note of a hand-over. Fact and history are of one transaction, written within moments of each other. */
export const handOverNotes: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const handed = rowsAbout(rows, [handedOver.kind])
  if (handed.length === 0) return told
  const { rows: notes } = await sql<{ customerId: number; toId: number | null; note: string; at: Date }>`
    select customer_id, to_id, note, at from customer_owner_changes
     where customer_id = any(${handed.map(({ id }) => id)}::bigint[]) and note is not null`.execute(ctx.db)
  for (const { row, id } of handed) {
    const found = notes.find(
      (one) =>
        one.customerId === id && one.toId === row.data.to && Math.abs(one.at.getTime() - row.at.getTime()) < 2_000,
    )
    const note = found && shownField(ctx.actor, 'notes', found.note)
    if (note) told.set(row, note)
  }
  return told
}
