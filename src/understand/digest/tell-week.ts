import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { thresholdsOf } from '#understand/lifecycle/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { countCustomers } from '#understand/query/index.ts'
import { mondayOf, runReport } from '#understand/reports/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { Digest, Said } from './contract.ts'

/** The Monday of the last week that is over on a day. */
export function lastWeekOf(today: Day): Day {
  return addDays(mondayOf(today), -7)
}

/**
 * What changed in a week, of whom the actor sees, from its last day: what came later is not known yet. Money and buyers are those of a
 * report beside the week before; all else is counted by the question that opens its people. What is nought is not told.
 */
export async function tellWeek(ctx: Context, from: Day): Promise<Digest> {
  const to = addDays(from, 6)
  const [{ value: thresholds }, { currency }] = await Promise.all([thresholdsOf(ctx), merchantOf(ctx)])
  const metrics = ['revenue', 'buyers', 'newBuyers'] as const
  const { all } = await runReport(ctx, {
    asOf: to,
    asks: { metrics: [...metrics], where: { is: 'everyone' }, split: 'none', period: { from, to }, compare: 'before' },
  })
  const numbers = metrics.map((key, at): Said => {
    const { value, before, people } = all.cells[at]!
    return { key, value: value ?? 0, before, people: people ?? { is: 'everyone' } }
  })
  const questions = questionsOf(from, to, thresholds.active)
  const counted = await Promise.all(
    questions.map(async ([key, people]): Promise<Said> => {
      const value = await countCustomers(ctx, await planFor(ctx, { where: people, asOf: to }))
      return { key, value, before: null, people }
    }),
  )
  const said = [...numbers, ...counted]
  return { from, to, currency, said: said.filter(({ value, before }) => value !== 0 || Boolean(before)) }
}

/** Asked on the week's last day. */
function questionsOf(from: Day, to: Day, active: number): [Said['key'], Condition][] {
  const bought: Condition = { is: 'bought', from, to }
  const before = addDays(from, -1)
  const turned: Condition = {
    is: 'day',
    field: 'lastPurchase',
    from: addDays(from, -active),
    to: addDays(to, -active),
  }
  return [
    [
      'secondPurchase',
      {
        is: 'and',
        of: [
          { is: 'number', field: 'purchases', atLeast: 2 },
          { is: 'orders', of: 'count', to: before, atLeast: 1, atMost: 1 },
        ],
      },
    ],
    [
      'cameBack',
      { is: 'and', of: [bought, { is: 'orderDay', which: 'last', to: before, until: addDays(from, -active) }] },
    ],
    ['turnedSilent', turned],
    ['bigTurnedSilent', { is: 'and', of: [turned, { is: 'class', in: ['retain', 'develop'] }] }],
  ]
}
