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

export type KeptPlace = { at: number; label: string }
type PathsAsked = { now: PathAsked; steps: number; keep: number }

/**
 * The ways of those whom a plan finds, step by step: how many visits went from each place to each next one, of how many people, in the days
 * asked, and where told in those before. Of each step the places with the most visits are kept, buying and the end always; all others are
 * one. Which are kept is found among the sums, so that the events are read once; where steps are told apart by more than their kind, it is
 * asked before (`compileKept`): the ways between thousands of products would be as many as the visits.
 * @param plan its condition says whose
 */
export function compilePaths(
  plan: Plan,
  { now, before, steps, keep, kept }: PathsAsked & { before?: PathAsked; kept?: readonly KeptPlace[] },
): Compiled {
  const bound = bindings()
  const { bind } = bound
  const whose = `SELECT customer_id FROM ${sourceOfPlan(plan, bound)} WHERE ${compileCondition(plan.where, plan.yardstick, bound)}`
  const those =
    kept &&
    bind(
      kept.map(({ at, label }) => `${at} ${label}`),
      'Array(String)',
    )
  const way = those
    ? `arrayMap((l, at) -> if(has(${those}, concat(toString(at), ' ', l)), l, '${gathered}'), told, arrayEnumerate(told))`
    : 'told'
  const ways = [waysOf(now, 1, steps, whose, bound), ...(before ? [waysOf(before, 0, steps, whose, bound)] : [])].join(
    '\n UNION ALL ',
  )
  const always = alwaysKept(now, bound)
  const most = bind(kept ? keep + 1 : keep, 'UInt16')
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
              FROM (SELECT now, customer_id, ${way} AS way FROM (${ways})) AS w
             ARRAY JOIN arrayEnumerate(way) AS at, way AS label, arrayPushFront(arrayPopBack(way), ${nothing(now.by)}) AS of
             GROUP BY now, at, of, label)))))
GROUP BY GROUPING SETS ((at, origin, to), (at, to), (at))
ORDER BY at, visits DESC, label, of`,
    params: bound.params,
  }
}

/** The places that are told apart at each step: those with the most visits, and what bought and what ended. */
export function compileKept(plan: Plan, { now, steps, keep }: PathsAsked): Compiled {
  const bound = bindings()
  const whose = `SELECT customer_id FROM ${sourceOfPlan(plan, bound)} WHERE ${compileCondition(plan.where, plan.yardstick, bound)}`
  const always = alwaysKept(now, bound)
  return {
    sql: `SELECT at, toString(label) AS label
  FROM (${waysOf(now, 1, steps, whose, bound)}) AS w
 ARRAY JOIN arrayEnumerate(told) AS at, told AS label
 GROUP BY at, label
 ORDER BY count() DESC, label
 LIMIT ${bound.bind(keep, 'UInt16')} BY at, has(${always}, toString(label))`,
    params: bound.params,
  }
}

function alwaysKept({ by }: PathAsked, { bind }: Bindings): string {
  return bind([String(labelOf({ did: 'nothing' }, by)), String(labelOf({ did: 'bought' }, by))], 'Array(String)')
}

function waysOf(asked: PathAsked, now: 0 | 1, steps: number, whose: string, bound: Bindings): string {
  return `SELECT ${now} AS now, customer_id, arrayJoin(ways).2 AS told FROM ${waysSql(asked, steps, bound)} WHERE customer_id IN (${whose})`
}
