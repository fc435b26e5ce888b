import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { type Condition, foretoldActions } from '#understand/query/contract.ts'
import { answered, bindings, compileCondition, rowsOf, sourceOfPlan } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { ToDo } from './contract.ts'

/** Customers by what is to be done about them and by whom: one reading, each number with the question that opens its people. */
export async function toDoOf(ctx: Context): Promise<{ asOf: Day; items: ToDo[] }> {
  const asked = foretoldActions.map((one): Condition => ({ is: 'foretoldAction', in: [one] }))
  const plan = await planFor(ctx, { where: { is: 'or', of: asked } })
  const { lens, where, yardstick } = plan
  const rows = await answered(ctx, `predictions.toDo ${JSON.stringify([lens, where])}`, () => {
    const bound = bindings()
    const source = sourceOfPlan(plan, bound)
    const acts = (where.is === 'or' ? where.of : []).map((one, at) => [
      `ifNull(${compileCondition(one, yardstick, bound)}, 0)`,
      `'${foretoldActions[at]}'`,
    ])
    return rowsOf<{ action: ToDo['action'] | ''; owner: number; customers: number }>(ctx, {
      sql: `SELECT multiIf(${acts.flat().join(', ')}, '') AS action, owner_id AS owner, count() AS customers
FROM ${source} GROUP BY action, owner HAVING action <> '' ORDER BY customers DESC, owner`,
      params: bound.params,
    })
  })
  const items = foretoldActions.map((action): ToDo => {
    const people: Condition = { is: 'foretoldAction', in: [action] }
    const owners = rows.filter((row) => row.action === action)
    return {
      action,
      people,
      customers: owners.reduce((sum, { customers }) => sum + customers, 0),
      owners: owners.map(({ owner, customers }) => {
        const theirs: Condition = owner === 0 ? { is: 'not', of: { is: 'owned' } } : { is: 'owner', in: [owner] }
        return { ownerId: owner === 0 ? null : owner, customers, people: { is: 'and', of: [people, theirs] } }
      }),
    }
  })
  return { asOf: lens.asOf, items }
}
