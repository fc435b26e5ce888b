import type { Condition, Days, OfOrders } from '../../contract.ts'
import {
  type Clauses,
  dayClauses,
  daysWritten,
  inBrackets,
  orderClauses,
  ordersWritten,
  productClauses,
  readClauses,
} from '../clauses.ts'
import { endsWritten, named, nextDay, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import { measureWords, orderDayWords, wordOf, wordsIn } from '../words.ts'
import { nameWritten, numberWritten } from '../written.ts'

type Bought = Omit<Extract<Condition, { is: 'boughtProduct' }>, 'is'> & Days

type FirstBought = Omit<Extract<Condition, { is: 'firstBought' }>, 'is'>

const { shop } = orderClauses
const firstBoughtClauses: Clauses<FirstBought> = { ...productClauses, shop: shop! }

const boughtClauses: Clauses<Bought> = {
  product(reader) {
    reader.mustSign('=')
    return { productId: reader.id('product') }
  },
  times: (reader) => ({ times: reader.number() }),
  ...dayClauses,
}

/** Orders counted, added up and dated: `spent(last 180 days, category = 茶) >= 2000`, `bought(product = 白茶饼, times 2)`. */
export const orders = [
  form({
    is: ['orders'],
    heads: wordsIn(measureWords),
    read(reader, head) {
      const of = measureWords[head as keyof typeof measureWords]
      const clauses = readClauses<OfOrders & Days>(reader, orderClauses)
      const money = of === 'spent' || of === 'average'
      const ends = readEnds(reader, () => reader.number({ money }), nextNumber)
      return { is: 'orders', of, ...clauses, ...named(ends, 'atLeast', 'atMost') }
    },
    write(one, names) {
      const digits = one.of === 'spent' || one.of === 'average' ? names.digits : 0
      const ends = endsWritten({ from: one.atLeast, to: one.atMost }, (value) => numberWritten(value, digits))
      return wordOf(measureWords, one.of) + inBrackets(ordersWritten(one, names)) + ends
    },
  }),
  form({
    is: ['orderDay'],
    heads: wordsIn(orderDayWords),
    read(reader, head) {
      const clauses = readClauses<OfOrders & Days>(reader, orderClauses)
      const ends = readEnds(reader, () => reader.day(), nextDay)
      const which = orderDayWords[head as keyof typeof orderDayWords]
      return { is: 'orderDay', which, ...clauses, ...named(ends, 'since', 'until') }
    },
    write: (one, names) =>
      wordOf(orderDayWords, one.which) +
      inBrackets(ordersWritten(one, names)) +
      endsWritten({ from: one.since, to: one.until }, (day) => day),
  }),
  form({
    is: ['firstBought'],
    heads: ['first_bought'],
    read(reader) {
      return { is: 'firstBought', ...readClauses<FirstBought>(reader, firstBoughtClauses) }
    },
    write: (one, names) => `first_bought${inBrackets(ordersWritten(one, names))}`,
  }),
  form({
    is: ['bought', 'boughtProduct'],
    heads: ['bought'],
    read(reader) {
      const here = reader.token()
      const { productId, times, days, during, from, to } = readClauses<Bought>(reader, boughtClauses)
      const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
      // Of the last days or a festival, it is the count of orders in them that the tree knows.
      if (days !== undefined || during) {
        const window = { ...(days === undefined ? {} : { days }), ...(during ? { during } : {}) }
        const product = productId === undefined ? {} : { productIds: [productId] }
        return { is: 'orders', of: 'count', ...window, ...span, ...product, atLeast: times ?? 1 }
      }
      if (productId !== undefined)
        return { is: 'boughtProduct', productId, ...(times === undefined ? {} : { times }), ...span }
      if (times !== undefined) return reader.refuse('query.text.times_of_product', here)
      return { is: 'bought', ...span }
    },
    write: (one, names) =>
      `bought${inBrackets([
        ...(one.is === 'boughtProduct' ? [`product = ${nameWritten(names, 'product', one.productId)}`] : []),
        ...(one.is === 'boughtProduct' && one.times !== undefined ? [`times ${one.times}`] : []),
        ...daysWritten({ from: one.from, to: one.to }),
      ])}`,
  }),
]
