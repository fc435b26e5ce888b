import { type Among, bindings, type Compiled } from './bindings.ts'
import type { Many } from './compile-answers.ts'
import { compileCondition } from './compile-condition.ts'
import { asksOfTalks } from './record.ts'
import { shareBehaviour } from './shared-behaviour.ts'
import { sourceOf } from './source.ts'

/** Conditions by the number under which they are kept; all are asked in one statement. */
export type ManyKept = Many & { ids: readonly number[] }

/**
 * Writes whom each condition finds as a bitmap of customers' numbers, under a generation: one reading of the traits and one of behaviour,
 * however many conditions.
 */
export function compileMembers(many: ManyKept, generation: number): Compiled {
  const { sql, columns, ids, params, bind } = asked(many)
  const bitmaps = columns.map((one, at) => `(${ids[at]}, groupBitmapStateIf(customer_id, ${one}))`)
  return {
    sql: `INSERT INTO memberships (generation, segment_id, members)
SELECT ${bind(generation, 'UInt64')}, one.1, one.2 FROM (SELECT arrayJoin([${bitmaps.join(', ')}]) AS one FROM ${sql})`,
    params,
  }
}

/** Of some customers, in which conditions each is found; who is found by none, or is not there, is left out. */
export function compileFound(many: ManyKept, among: Among): Compiled {
  const { sql, columns, ids, params } = asked(many, among)
  return {
    sql: `SELECT customer_id AS customerId, arrayFilter((id, is) -> is = 1, [${ids.join(', ')}], [${columns.join(', ')}]) AS found
FROM ${sql}
WHERE notEmpty(found)`,
    params,
  }
}

function asked({ lens, yardstick, conditions, ids }: ManyKept, among?: Among) {
  const bound = bindings(among)
  const people = sourceOf(lens, bound, { talked: conditions.some(asksOfTalks) })
  const { source, given } = shareBehaviour(people, conditions, bound)
  const answers = conditions.map(
    (one, at) => `toUInt8(ifNull(${compileCondition(one, yardstick, bound, given)}, 0)) AS c${at}`,
  )
  return {
    sql: `(SELECT customer_id, ${answers.join(', ')} FROM ${source})`,
    columns: conditions.map((_, at) => `c${at}`),
    ids: ids.map((id) => Math.trunc(id)),
    params: bound.params,
    bind: bound.bind,
  }
}
