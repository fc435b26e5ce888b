import { type Bindings, bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import { labelOf, nothing, type PathAsked, waysSql } from './path-sql.ts'
import type { Plan } from './plan.ts'
import { sourceOfPlan } from './plan-source.ts'

/**
 * `kind` all: all ways; place: those that came there at this step; link: those that came there from `of`. Labels as `placeOf` reads
 * them; `gathered` for all that are not kept at a step.
 */
export type PathRow = {
  kind: 'all' | 'place' | 'link'
  at: number
  of: string
  label: string
  visits: number
  visitsBefore: number
  people: number
  peopleBefore: number
}

export const gathered = 'other'

/**
 * The ways of those whom a plan finds, step by step: how many visits went from each place to each next one, of how many people, in the days
 * asked, and where told in those before. Of each step the places with the most visits are kept, buying and the end always; all others are
 * one. Which are kept is found among the sums, so that the events are read once.
 * @param plan its condition says whose
 */
export function compilePaths(
  plan: Plan,
  { now, before, steps, keep }: { now: PathAsked; before?: PathAsked; steps: number; keep: number },
): Compiled {
  const bound = bindings()
  const { bind } = bound
  const whose = `SELECT customer_id FROM ${sourceOfPlan(plan, bound)} WHERE ${compileCondition(plan.where, plan.yardstick, bound)}`
  const ways = [waysOf(now, 1, steps, whose, bound), ...(before ? [waysOf(before, 0, steps, whose, bound)] : [])].join(
    '\n UNION ALL ',
  )
  const always = bind(
    [String(labelOf({ did: 'nothing' }, now.by)), String(labelOf({ did: 'bought' }, now.by))],
    'Array(String)',
  )
  const most = bind(keep, 'UInt16')
  const sums = (of: string, period: 0 | 1) =>
    `sumIf(times, now = ${period}) AS visits${of}, groupBitmapMergeIf(who, now = ${period}) AS people${of}`
  return {
    sql: `SELECT multiIf(grouping(to) = 1, 'all', grouping(origin) = 1, 'place', 'link') AS kind, at, origin AS of, to AS label, ${sums('', 1)}, ${sums('Before', 0)}
FROM (
  SELECT now, at, times, who, if(has(kept, (at, label)), label, '${gathered}') AS to,
         if(at = 1 OR has(kept, (toUInt32(at - 1), of)), of, '${gathered}') AS origin
    FROM (
      SELECT *, groupUniqArrayIf((at, label), place <= ${most} OR has(${always}, label)) OVER () AS kept FROM (
        SELECT *, dense_rank() OVER (PARTITION BY at, has(${always}, label) ORDER BY total DESC, label) AS place FROM (
          SELECT *, sum(if(now = 1, times, 0)) OVER (PARTITION BY at, label) AS total FROM (
            SELECT now, at, toString(of) AS of, toString(label) AS label, count() AS times, groupBitmapState(customer_id) AS who
              FROM (${ways}) AS w
             ARRAY JOIN arrayEnumerate(way) AS at, way AS label, arrayPushFront(arrayPopBack(way), ${nothing(now.by)}) AS of
             GROUP BY now, at, of, label)))))
GROUP BY GROUPING SETS ((at, origin, to), (at, to), (at))
ORDER BY at, visits DESC, label, of`,
    params: bound.params,
  }
}

function waysOf(asked: PathAsked, now: 0 | 1, steps: number, whose: string, bound: Bindings): string {
  return `SELECT ${now} AS now, customer_id, arrayJoin(ways).2 AS way FROM ${waysSql(asked, steps, bound)} WHERE customer_id IN (${whose})`
}
