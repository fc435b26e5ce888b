import type { Context } from '#platform/context.ts'
import { answered } from './answers.ts'
import { rowsOf } from './ask.ts'
import { type Among, bindings } from './bindings.ts'
import { asksOfLines } from './orders-asked.ts'
import type { Primitive } from './primitive.ts'
import { isOfTalks } from './record.ts'

/** Neighbours by number are drawn together, for they lie together: drawn one by one, each would cost a reading of all around. */
export const neighbours = 512

/**
 * Whom a sample of one in so many looks at, the same people whatever is asked: of each so many neighbourhoods one, which by a hash. So
 * who came early and who came late are in it in their proportions. Read once while the columns stand. The statement is told the
 * neighbourhoods, not their people: nine thousand numbers, once for each part of a question, cost more to read than the sample itself.
 */
export function sampleOf(ctx: Context, oneIn: number): Promise<Among> {
  return answered(ctx, `query.sample ${oneIn}`, async () => {
    const bound = bindings()
    const [size, k] = [bound.bind(neighbours, 'UInt32'), bound.bind(oneIn, 'UInt32')]
    const rows = await rowsOf<{ drawn: number }>(ctx, {
      sql: `SELECT DISTINCT intDiv(customer_id, ${size}) AS drawn FROM traits FINAL
 WHERE drawn % ${k} = intHash64(intDiv(drawn, ${k})) % ${k}`,
      params: bound.params,
    })
    const customers = `intDiv(customer_id, ${neighbours}) IN {drawn:Array(UInt64)}`
    return {
      customers,
      profiles: `SELECT arrayJoin(profiles) FROM traits FINAL WHERE ${customers}`,
      params: { drawn: rows.map(({ drawn }) => drawn) },
    }
  })
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
    case 'region':
    case 'regionKnown':
    case 'distance':
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
