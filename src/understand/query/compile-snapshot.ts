import { bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import type { Plan } from './plan.ts'
import { sourceOfPlan } from './plan-source.ts'

/** Writes whom a plan finds under the number of a snapshot: of each customer the oldest profile. */
export function compileSnapshot(plan: Plan, snapshotId: number): Compiled {
  const bound = bindings()
  const id = bound.bind(snapshotId, 'UInt32')
  const source = sourceOfPlan(plan, bound)
  return {
    sql: `INSERT INTO segment_snapshots (snapshot_id, members)
SELECT ${id}, groupBitmapState(profile_id)
  FROM (SELECT min(profile_id) AS profile_id FROM profile_customers FINAL
         WHERE customer_id IN (SELECT customer_id FROM ${source} WHERE ${compileCondition(plan.where, plan.yardstick, bound)})
         GROUP BY customer_id)`,
    params: bound.params,
  }
}
