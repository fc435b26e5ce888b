import { sql } from 'kysely'
import { rowsAbout, shownField, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import { promiseMade, talkCorrected, talkLogged } from './facts.ts'

/** What was said in talks and promised, on timelines. */
export const talkWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const talks = rowsAbout(rows, [talkLogged.kind, talkCorrected.kind])
  const promises = rowsAbout(rows, [promiseMade.kind])
  if (talks.length + promises.length === 0) return told
  const { rows: found } = await sql<{ of: 'talk' | 'promise'; id: number; words: string }>`
    select 'talk' as of, id, concat_ws(' · ', said, problem) as words from talks
     where id = any(${talks.map(({ id }) => id)}::bigint[]) and coalesce(said, problem) is not null
    union all
    select 'promise', id, what from promises
     where id = any(${promises.map(({ id }) => id)}::bigint[]) and what is not null and kind <> 'confirm'`.execute(
    ctx.db,
  )
  for (const [of, about] of [
    ['talk', talks],
    ['promise', promises],
  ] as const) {
    for (const { row, id } of about) {
      const words = found.find((one) => one.of === of && one.id === id)?.words
      const shown = words && shownField(ctx.actor, 'notes', words)
      if (shown) told.set(row, shown)
    }
  }
  return told
}
