import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import type { Condition, ValueClass } from '#understand/query/contract.ts'
import {
  answered,
  bindings,
  type Lens,
  type Looks,
  lensOf,
  rowsOf,
  scoreSql,
  sourceOf,
  type Yardstick,
} from '#understand/query/index.ts'
import { valueClasses, type valueContract } from './contract.ts'
import { rulersOf } from './rulers.ts'
import { classOf } from './score.ts'

export type Grid = z.output<NonNullable<(typeof valueContract.grid)['~orpc']['outputSchema']>>

type Cell = {
  recency: number
  frequency: number
  monetary: number
  customers: number
  spent: number
  bought: number
}

/** Buyers by recency and by frequency and money, and by the four classes: one reading, summed here. */
export async function gridOf(ctx: Context, looks: Looks): Promise<Grid> {
  const lens = await lensOf(ctx, looks)
  const rulers = await rulersOf(ctx, lens)
  if (rulers.groups === 0) return { rulers, cells: [], classes: [] }
  const found = await answered(ctx, `value.grid ${JSON.stringify(lens)}`, () => cellsOf(ctx, lens, rulers))
  const cells = new Map<string, Grid['cells'][number]>()
  const classes = new Map<ValueClass, Grid['classes'][number]>(
    valueClasses.map((valueClass) => [
      valueClass,
      { valueClass, customers: 0, revenue: 0, purchases: 0, people: { is: 'class', in: [valueClass] } },
    ]),
  )
  for (const { recency, frequency, monetary, customers, spent, bought } of found) {
    const frequencyMonetary = Math.floor((frequency + monetary + 1) / 2)
    const key = `${recency} ${frequencyMonetary}`
    const cell = cells.get(key) ?? {
      recency,
      frequencyMonetary,
      customers: 0,
      revenue: 0,
      people: peopleOf(recency, frequencyMonetary),
    }
    cells.set(key, { ...cell, customers: cell.customers + customers, revenue: cell.revenue + spent })
    const sum = classes.get(classOf({ recency, frequency, monetary, frequencyMonetary }, rulers.high))!
    sum.customers += customers
    sum.revenue += spent
    sum.purchases += bought
  }
  return { rulers, cells: [...cells.values()], classes: [...classes.values()] }
}

async function cellsOf(ctx: Context, lens: Lens, cuts: NonNullable<Yardstick['cuts']>): Promise<Cell[]> {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const [recency, frequency, monetary] = (['recency', 'frequency', 'monetary'] as const).map((score) =>
    scoreSql(score, cuts, bound),
  )
  return rowsOf<Cell>(ctx, {
    sql: `SELECT ${recency} AS recency, ${frequency} AS frequency, ${monetary} AS monetary,
       count() AS customers, sum(revenue) AS spent, sum(purchases) AS bought
FROM ${source} WHERE isNotNull(last_purchase)
GROUP BY recency, frequency, monetary ORDER BY recency, frequency, monetary`,
    params: bound.params,
  })
}

function peopleOf(recency: number, frequencyMonetary: number): Condition {
  return {
    is: 'and',
    of: [
      { is: 'score', of: 'recency', atLeast: recency, atMost: recency },
      { is: 'score', of: 'frequencyMonetary', atLeast: frequencyMonetary, atMost: frequencyMonetary },
    ],
  }
}
