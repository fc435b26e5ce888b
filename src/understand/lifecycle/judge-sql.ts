import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#platform/days.ts'
import type { Thresholds } from './contract.ts'

/**
 * The rule of stage.ts over rows with `first_purchase` and `last_purchase`, in Postgres, for many at once: columns stage,
 * is_new, recheck_on, and since: the day on which time brought the stage about, or the purchase that did.
 * @param row the alias of the rows
 */
export function judged(row: string, today: Day, { active, silent, sleeping }: Thresholds): RawBuilder<unknown> {
  const last = sql.ref(`${row}.last_purchase`)
  const first = sql.ref(`${row}.first_purchase`)
  const on = sql`${today}::date`
  const days = sql`(${on} - ${last})`
  return sql`
    case when ${last} is null then 'never' when ${days} < ${active}::int then 'active' when ${days} < ${silent}::int then 'silent'
         when ${days} < ${sleeping}::int then 'sleeping' else 'lost' end as stage,
    coalesce(${on} - ${first} < ${active}::int, false) as is_new,
    least(case when ${days} < ${active}::int then ${last} + ${active}::int when ${days} < ${silent}::int then ${last} + ${silent}::int
               when ${days} < ${sleeping}::int then ${last} + ${sleeping}::int end,
          case when ${on} - ${first} < ${active}::int then ${first} + ${active}::int end) as recheck_on,
    case when ${last} is null then ${on} when ${days} < ${active}::int then ${last} when ${days} < ${silent}::int then ${last} + ${active}::int
         when ${days} < ${sleeping}::int then ${last} + ${silent}::int else ${last} + ${sleeping}::int end as since`
}
