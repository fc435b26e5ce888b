import { customersByIds, rowsAbout, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import { relationRemoved, relationSaid } from './facts.ts'

/** Who it is, on timelines, where the reader may see that person. */
export const relationWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const about = rowsAbout(rows, [relationSaid.kind, relationRemoved.kind])
  if (about.length === 0) return told
  const people = await customersByIds(ctx, [...new Set(about.map(({ id }) => id))])
  const names = new Map(people.map(({ id, name, number }) => [id, name ?? number ?? `#${id}`]))
  for (const { row, id } of about) {
    const name = names.get(id)
    if (name) told.set(row, name)
  }
  return told
}
