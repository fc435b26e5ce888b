import type { Bindings } from './bindings.ts'
import { documentValue } from './document-sql.ts'
import { didValue } from './event-sql.ts'
import { lineValue } from './line-sql.ts'
import { asksOfLines } from './orders-asked.ts'
import type { Primitive } from './primitive.ts'

/** The value of a customer that a condition compares, as text; none where it is no single value. */
export function foundSql(condition: Primitive, customerId: number, bindings: Bindings): string | undefined {
  switch (condition.is) {
    case 'between':
    case 'among':
    case 'null':
      return `toString(${condition.column})`
    case 'and':
    case 'or':
    case 'not': {
      // What was made of one condition in the language compares one column.
      const found = (condition.is === 'not' ? [condition.of] : condition.of).map((one) =>
        foundSql(one, customerId, bindings),
      )
      return new Set(found).size === 1 ? found[0] : undefined
    }
    case 'orders':
      return asksOfLines(condition.asked)
        ? lineValue(condition.asked, customerId, bindings)
        : documentValue(condition.asked, bindings)
    case 'did':
      return didValue(condition.asked, customerId, bindings)
    default:
      return undefined
  }
}
