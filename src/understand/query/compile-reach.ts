import { bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import { contactCells } from './contact-bits.ts'
import type { Purpose } from './contact-conditions.ts'
import type { Plan } from './plan.ts'
import { asksOfTalks } from './record.ts'
import { sourceOf } from './source.ts'

/** Of those whom a question finds, how many may be written to by each channel for a purpose, and how many may not. One reading of it. */
export function compileReach({ lens, where, yardstick }: Plan, purpose: Purpose): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: asksOfTalks(where) })
  const count = (said: 'yes' | 'no') =>
    `[${cellsOf(purpose)
      .map(({ bit }) => `countIf(bitAnd(${said}, ${bound.bind(bit, 'UInt32')}) > 0)`)
      .join(', ')}]`
  return {
    sql: `SELECT count() AS known, ${count('yes')} AS yes, ${count('no')} AS no
FROM (SELECT yes, no FROM reachable FINAL WHERE customer_id IN (
  SELECT customer_id FROM ${source}
  WHERE ${compileCondition(where, yardstick, bound)}))`,
    params: bound.params,
  }
}

/** The channels in the order of a compiled reach. */
export const cellsOf = (purpose: Purpose) => contactCells.filter((one) => one.purpose === purpose)
