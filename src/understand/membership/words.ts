import { sql } from 'kysely'
import { rowsAbout, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import { segmentChanged, segmentMade, segmentPicked, snapshotTaken } from '#understand/segments/index.ts'
import { segmentEntered, segmentLeft } from './facts.ts'

/** The names of the segments that somebody came into, left or was picked for, on timelines; of those that were made or changed, in the feed. */
export const membershipWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const kinds = [segmentEntered, segmentLeft, segmentPicked, segmentMade, segmentChanged, snapshotTaken]
  const about = rowsAbout(
    rows,
    kinds.map(({ kind }) => kind),
  )
  if (about.length === 0) return told
  const { rows: names } = await sql<{ id: number; name: string }>`
    select id, name from segments where id = any(${about.map(({ id }) => id)}::int[])`.execute(ctx.db)
  const byId = new Map(names.map(({ id, name }) => [id, name]))
  for (const { row, id } of about) {
    const name = byId.get(id)
    if (name) told.set(row, name)
  }
  return told
}
