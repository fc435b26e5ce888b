import type { Among } from './bindings.ts'
import { asksOfLines } from './orders-asked.ts'
import type { Primitive } from './primitive.ts'
import { isOfTalks } from './record.ts'

/** One customer in so many, drawn by a hash of the customer: the same people, whatever is asked. */
export function sampleOf(oneIn: number): Among {
  const drawn = `intHash64(customer_id) % ${Math.trunc(oneIn)} = 0`
  return { customers: drawn, profiles: `SELECT profile_id FROM profile_customers WHERE ${drawn}` }
}

/** Whether the traits alone answer a question: then all are asked in little more time than some. */
export function asksOfTraitsAlone(tree: Primitive): boolean {
  switch (tree.is) {
    case 'and':
    case 'or':
      return tree.of.every(asksOfTraitsAlone)
    case 'not':
      return asksOfTraitsAlone(tree.of)
    case 'orders':
      return !asksOfLines(tree.asked)
    case 'between':
    case 'null':
      return !isOfTalks(tree.column)
    case 'yes':
    case 'unknown':
    case 'among':
    case 'flag':
    case 'owners':
    case 'owned':
    case 'shops':
    case 'bought':
    case 'share':
    case 'scored':
    case 'classed':
      return true
    default:
      return false
  }
}
