import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { stages } from '#understand/lifecycle/contract.ts'
import { thresholdsOf } from '#understand/lifecycle/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { answered, firstDayOf, type Lens, lastDayOf, lensOf, monthOf } from '#understand/query/index.ts'
import { askShop, type BuyersMonth, type Period, type SalesMonth } from './ask-shop.ts'
import type { Monthly, Overview, OverviewInput } from './contract.ts'
import { numberFrom } from './definitions.ts'
import { metricsOf } from './metric.ts'

const monthsShown = 24

/**
 * The shop at a glance as of a day: only what was placed on or before it counts. Answers are kept while the columns stand.
 * @throws Refusal `metrics.days_reversed`
 */
export async function overview(ctx: Context, input: OverviewInput = {}): Promise<Overview> {
  const [lens, { value: thresholds }, { currency }] = await Promise.all([
    lensOf(ctx, input),
    thresholdsOf(ctx),
    merchantOf(ctx),
  ])
  const period = periodOf(lens.asOf, input)
  const since = firstDayOf(monthOf(lens.asOf) - monthsShown + 1)
  return answered(ctx, `metrics.overview ${JSON.stringify([lens, thresholds, period, currency])}`, async () => {
    const { totals, sales, buyers } = await askShop(ctx, lens, { thresholds, period, since })
    const { active, silent, sleeping, lost, never, fresh } = totals
    return {
      asOf: lens.asOf,
      period,
      currency,
      metrics: metricsOf(totals, sales, period),
      stages: { active, silent, sleeping, lost, never, new: fresh },
      stagePeople: stagePeople(),
      months: monthsOf(lens, sales, buyers),
    }
  })
}

function periodOf(asOf: Day, { from, to }: OverviewInput): Period {
  const end = to === undefined || to > asOf ? asOf : to
  const start = from ?? addDays(end, -29)
  if (start > end) throw new Refusal('invalid', 'metrics.days_reversed', { from: start, to: end })
  return { from: start, to: end }
}

function stagePeople(): Record<string, Condition> {
  return { ...Object.fromEntries(stages.map((stage) => [stage, { is: 'stage', in: [stage] }])), new: { is: 'new' } }
}

function monthsOf(lens: Lens, sales: readonly SalesMonth[], buyers: readonly BuyersMonth[]): Monthly[] {
  const last = monthOf(lens.asOf)
  const first = Math.max(last - monthsShown + 1, sales[0]?.month ?? last + 1)
  const sold = new Map(sales.map((one) => [one.month, one]))
  const bought = new Map(buyers.map((one) => [one.month, one]))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const month = first + index
    const from = firstDayOf(month)
    return {
      month: from.slice(0, 7),
      revenue: sold.get(month)?.revenue ?? 0,
      purchases: sold.get(month)?.purchases ?? 0,
      buyers: bought.get(month)?.buyers ?? 0,
      newBuyers: bought.get(month)?.newBuyers ?? 0,
      returningBuyers: numberFrom('returningBuyers', bought.get(month) ?? { buyers: 0, newBuyers: 0 }) ?? 0,
      people: { is: 'bought', from, to: lastDayOf(month) },
    }
  })
}
