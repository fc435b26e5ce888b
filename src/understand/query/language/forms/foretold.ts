import { type Condition, foretellers, foretoldActions } from '../../contract.ts'
import { inBrackets, productsWritten, readClauses, readList, readNames } from '../clauses.ts'
import { endsWritten, named, nextDay, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import { wordOf, wordsIn } from '../words.ts'
import { listWritten, numberWritten } from '../written.ts'

const numberWords = { chance_here: 'here', chance_again_90: 'again90', chance_again_365: 'again365' } as const
const moneyWords = { expected_90: 'value90', expected_365: 'value365' } as const
const numbers = { ...numberWords, ...moneyWords }
const dayWords = { expected_next: 'next', call_before: 'callBefore' } as const

type Likely = Omit<Extract<Condition, { is: 'likely' }>, 'is'>

/** What is foretold: `chance_here >= 50` (percent), `expected_365 >= 2000`, `expected_next <= 2026-03-01`, `foretold_by = own`, `to_do = late`, `likely(product = 白茶饼, top 3)`. */
export const foretold = [
  form({
    is: ['foretold'],
    heads: wordsIn(numbers),
    read(reader, head) {
      const of = numbers[head as keyof typeof numbers]
      const ends = readEnds(reader, () => reader.number({ money: head in moneyWords }), nextNumber)
      return { is: 'foretold', of, ...named(ends, 'atLeast', 'atMost') }
    },
    write({ of, atLeast, atMost }, { digits }) {
      const head = wordOf(numbers, of)
      const number = (value: number) => numberWritten(value, head in moneyWords ? digits : 0)
      return head + endsWritten({ from: atLeast, to: atMost }, number)
    },
  }),
  form({
    is: ['foretoldDay'],
    heads: wordsIn(dayWords),
    read: (reader, head) => ({
      is: 'foretoldDay',
      of: dayWords[head as keyof typeof dayWords],
      ...named(
        readEnds(reader, () => reader.day(), nextDay),
        'from',
        'to',
      ),
    }),
    write: (one) => wordOf(dayWords, one.of) + endsWritten(one, (day) => day),
  }),
  form({
    is: ['likely'],
    heads: ['likely'],
    read(reader) {
      const { productIds = [], ...more } = readClauses<Likely>(reader, { top: (at) => ({ top: at.number() }) }, () => {
        reader.mustWord('product')
        return { productIds: readNames(reader, 'product') }
      })
      return { is: 'likely', productIds, ...more }
    },
    write: (one, names) =>
      `likely${inBrackets([...productsWritten(one, names), ...(one.top === undefined ? [] : [`top ${one.top}`])])}`,
  }),
  form({
    is: ['foretoldAction'],
    heads: ['to_do'],
    read: (reader) => ({ is: 'foretoldAction', in: readList(reader, () => reader.mustWord(...foretoldActions)) }),
    write: (one) => `to_do ${listWritten(one.in)}`,
  }),
  form({
    is: ['foretoldBy'],
    heads: ['foretold_by'],
    read: (reader) => ({ is: 'foretoldBy', in: readList(reader, () => reader.mustWord(...foretellers)) }),
    write: (one) => `foretold_by ${listWritten(one.in)}`,
  }),
]
