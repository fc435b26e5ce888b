import { addDays } from '#platform/days.ts'
import type { Next } from '../next.ts'
import type { Model } from './model.ts'

/** The columns of each table, in the order in which rows are written. */
export const columnsOf = {
  related_products: ['model', 'product_id', 'other_id', 'weight', 'together', 'alike'],
  product_habits: ['model', 'product_id', 'takers', 'buyers', 'again', 'every'],
  next_products: [
    ...([
      'model',
      'customer_id',
      'place',
      'product_id',
      'score',
      'reason',
      'because_id',
      'since',
      'every',
      'times',
    ] as const),
  ],
} as const
export type ModelTable = keyof typeof columnsOf

/** Rows of a table as TabSeparated. */
export type Rows = { table: ModelTable; text: string; count: number }

const most = 50_000

/** What a model says of products, some rows at a time. */
export function* rowsOfModel(number: number, model: Model): Generator<Rows> {
  let lines: string[] = []
  for (const { productId, otherId, weight, together, alike } of model.allRelated()) {
    lines.push(`${number}\t${productId}\t${otherId}\t${weight}\t${together}\t${Number(alike)}\n`)
    if (lines.length === most) {
      yield told('related_products', lines)
      lines = []
    }
  }
  if (lines.length > 0) yield told('related_products', lines)
  const habits = model.products.map(
    ({ productId, takers, habit }) =>
      `${number}\t${productId}\t${takers}\t${habit.buyers}\t${habit.again}\t${habit.every}\n`,
  )
  if (habits.length > 0) yield told('product_habits', habits)
}

/** What is next for some people. */
export function rowsOfNext(number: number, lists: readonly { customerId: number; list: readonly Next[] }[]): Rows {
  const lines = lists.flatMap(({ customerId, list }) =>
    list.map(({ productId, score, reason }, at) => {
      const of = {
        because: reason.is === 'related' || reason.is === 'alike' ? reason.productId : 0,
        since: addDays('1970-01-01', 'since' in reason ? reason.since : 0),
        every: reason.is === 'runs_out' ? reason.every : 0,
        times: 'times' in reason ? reason.times : 0,
      }
      return `${number}\t${customerId}\t${at + 1}\t${productId}\t${score}\t${reason.is}\t${of.because}\t${of.since}\t${of.every}\t${of.times}\n`
    }),
  )
  return told('next_products', lines)
}

function told(table: ModelTable, lines: readonly string[]): Rows {
  return { table, text: lines.join(''), count: lines.length }
}
