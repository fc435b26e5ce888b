import type { Bindings } from './bindings.ts'
import { ageValue, anniversaryValue, daysToBirthdayValue } from './birthday-sql.ts'
import { documentValue } from './document-sql.ts'
import { didValue } from './event-sql.ts'
import { lineValue } from './line-sql.ts'
import { asksOfLines, type OrdersAsked } from './orders-asked.ts'
import type { Primitive } from './primitive.ts'
import { reviewedValue } from './record-sql.ts'

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
    case 'birthday':
      return condition.months ? undefined : daysToBirthdayValue(condition.on, bindings)
    case 'region':
    case 'regionKnown':
      return `if(region = 0, NULL, toString(region))`
    case 'distance':
      // What it is in kilometres is worked out where the centres are known.
      return condition.asked.exact
        ? `if(isNull(latitude), nullIf(toString(region), '0'), concat(toString(latitude), ',', toString(longitude)))`
        : `nullIf(toString(region), '0')`
    case 'sure':
      return condition.field === 'region' ? foundSql(condition.of, customerId, bindings) : undefined
    case 'age':
      return ageValue(condition.on, bindings)
    case 'anniversary':
      return anniversaryValue(condition.column, condition.on, bindings)
    case 'orders':
      return ordersValue(condition.asked, customerId, bindings)
    case 'reviewed':
      return reviewedValue(condition.asked, customerId, bindings)
    case 'did':
      return didValue(condition.asked, customerId, bindings)
    default:
      return undefined
  }
}

function ordersValue(asked: OrdersAsked, customerId: number, bindings: Bindings): string {
  const value = asksOfLines(asked) ? lineValue(asked, customerId, bindings) : documentValue(asked, bindings)
  return asked.sinceBirthday ? `if(birth_code = 0, NULL, ${value})` : value
}
