import { bindings, type Compiled } from './bindings.ts'
import { compileCondition } from './compile-condition.ts'
import { foundSql } from './found-sql.ts'
import type { Lens } from './lens.ts'
import type { Primitive } from './primitive.ts'
import { asksOfTalks } from './record.ts'
import { sourceOf } from './source.ts'
import type { Yardstick } from './yardstick.ts'

export type Many = { lens: Lens; yardstick: Yardstick; conditions: readonly Primitive[] }

/** Of several conditions at once: how many customers there are, and of each condition how many it finds and of how many it is unknown. */
export function compileTally({ lens, yardstick, conditions }: Many): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: conditions.some(asksOfTalks) })
  const columns = conditions.map((one, at) => `${compileCondition(one, yardstick, bound)} AS c${at}`)
  const each = (count: (column: string) => string) => `[${conditions.map((_, at) => count(`c${at}`)).join(', ')}]`
  return {
    sql: `SELECT count() AS customers, ${each((c) => `countIf(ifNull(${c}, 0))`)} AS yes, ${each((c) => `countIf(isNull(${c}))`)} AS unknown
FROM (SELECT ${columns.join(', ')} FROM ${source})`,
    params: bound.params,
  }
}

/** Of each customer, or of one, the answers of several conditions: 1 yes, 0 no, 2 unknown. */
export function compileAnswers({ lens, yardstick, conditions }: Many, customerId?: number): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: conditions.some(asksOfTalks) })
  const answers = conditions.map((one) => answerOf(compileCondition(one, yardstick, bound)))
  const here = customerId === undefined ? '' : `\nWHERE customer_id = ${bound.bind(customerId, 'UInt64')}`
  return {
    sql: `SELECT customer_id AS customerId, [${answers.join(', ')}] AS answers\nFROM ${source}${here}\nORDER BY customer_id`,
    params: bound.params,
  }
}

/** The answers for one customer, each with the value that was found, as text; null where there is none. */
export function compileReasons({ lens, yardstick, conditions }: Many, customerId: number): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound, { talked: conditions.some(asksOfTalks) })
  const answers = conditions.map((one) => answerOf(compileCondition(one, yardstick, bound)))
  const found = conditions.map((one) => foundSql(one, customerId, bound) ?? "CAST(NULL, 'Nullable(String)')")
  return {
    sql: `SELECT [${answers.join(', ')}] AS answers, [${found.map((one) => `CAST(${one}, 'Nullable(String)')`).join(', ')}] AS found
FROM ${source}
WHERE customer_id = ${bound.bind(customerId, 'UInt64')}`,
    params: bound.params,
  }
}

const answerOf = (condition: string) => `toUInt8(ifNull(${condition}, 2))`
