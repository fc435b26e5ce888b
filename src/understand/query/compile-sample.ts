import { type Among, bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import type { Plan } from './plan.ts'
import { sourceOfPlan } from './plan-source.ts'
import { neighbours } from './sample.ts'
import { shareBehaviour } from './shared-behaviour.ts'

/** Of a sample (sample.ts), by neighbourhood in the order of their numbers: how many customers, how many fulfil a plan, of how many it cannot be said. */
export function compileSample(plan: Plan, among: Among): Compiled {
  const bound = bindings(among)
  // Of few people it is the readings that cost, each looking through all of a table's parts: those of behaviour are one.
  const { source, given } = shareBehaviour(sourceOfPlan(plan, bound), [plan.where], bound)
  return {
    sql: `SELECT intDiv(customer_id, ${bound.bind(neighbours, 'UInt32')}) AS neighbourhood, count() AS customers, countIf(ifNull(c0, 0)) AS matched, countIf(isNull(c0)) AS unknown
FROM (SELECT customer_id, ${compileCondition(plan.where, plan.yardstick, bound, given)} AS c0 FROM ${source})
GROUP BY neighbourhood ORDER BY neighbourhood`,
    params: bound.params,
  }
}
