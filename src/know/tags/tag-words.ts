import { sql } from 'kysely'
import { rowsAbout, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import { tagGiven, tagTaken } from './facts.ts'

/** The names of tags given and taken, on timelines: they tell of a person and stand in no fact. */
export const tagWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const about = rowsAbout(rows, [tagGiven.kind, tagTaken.kind])
  if (about.length === 0) return told
  const { rows: names } = await sql<{ id: number; name: string }>`
    select id, name from tags where id = any(${about.map(({ id }) => id)}::int[])`.execute(ctx.db)
  const byId = new Map(names.map(({ id, name }) => [id, name]))
  for (const { row, id } of about) {
    const name = byId.get(id)
    if (name) told.set(row, name)
  }
  return told
}
