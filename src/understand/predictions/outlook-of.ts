import { customersByIds } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { bindings, type Lens, lensOf, sourceOf } from '#understand/query/index.ts'
import { marginOf, winBackCeiling } from '#understand/value/index.ts'
import { buyersSql } from './buyers-sql.ts'
import type { Outlook } from './contract.ts'
import { buyerLines } from './judge-all.ts'
import { actionFor, type Buyer, type Expected, groundsOf, judgeBy, noGrounds } from './ladder.ts'
import { latestForecast } from './latest-forecast.ts'
import { residualValue } from './maths/residual-value.ts'
import { columnsIn } from './whole-numbers.ts'

const residual = { years: 5, yearly: 0.1 }

/**
 * What is expected of a customer today, judged now by the last forecast: what she bought since it was made counts. Who sees only some
 * shops is told by her rhythm there alone: the model of all shops does not hold for a part of what she bought.
 * @throws Refusal `customers.unknown` when there is none, or none that the actor sees
 */
export async function outlookOf(ctx: Context, id: number): Promise<Outlook> {
  const customerId = await customerOf(ctx, id)
  const [customer] = await customersByIds(ctx, [customerId])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  const lens = await lensOf(ctx)
  const [{ forecast }, buyer, margin] = await Promise.all([
    latestForecast(ctx),
    buyerOf(ctx, lens, customerId),
    marginOf(ctx),
  ])
  const part = lens.shopIds !== undefined
  const grounds = forecast && !part ? groundsOf(forecast) : noGrounds
  const found = buyer && judgeBy(grounds)(buyer)
  const today = daysBetween('1970-01-01', lens.asOf)
  const spends = found?.spend ?? null
  const action = found && buyer ? actionFor(found, { repeats: buyer.repeats, today }) : null
  const rhythm = buyer !== undefined && buyer.repeats > 0
  return {
    customerId,
    asOf: lens.asOf,
    step: found?.step ?? null,
    reason: found?.step ?? (buyer ? (part ? 'some_shops' : forecast ? 'too_little' : 'no_forecast') : 'never_bought'),
    modelFault: part || !forecast || forecast.purchases.status === 'holds' ? null : forecast.purchases.status,
    ...chancesOf(found),
    residual:
      buyer && grounds.purchases && spends !== null
        ? Math.round(residualValue(grounds.purchases, buyer, { ...residual, spend: spends }))
        : null,
    next: dayOf(found?.next),
    callBefore: dayOf(found?.callBefore),
    action,
    winBack: found && (action === 'late' || action === 'gone') ? winBackCeiling(found, margin.value.percent) : null,
    ownerId: customer.ownerId,
    basis: {
      purchaseDays: buyer ? buyer.repeats + 1 : 0,
      daysSince: buyer ? buyer.age - buyer.last : null,
      gap: rhythm ? buyer.gap : null,
      longest: rhythm ? buyer.longest : null,
      alike: found?.alike ?? null,
    },
  }
}

function chancesOf(found: Expected | undefined) {
  return {
    here: found?.here ?? null,
    again90: found?.again90 ?? null,
    again365: found?.again365 ?? null,
    purchases90: found?.purchases90 ?? null,
    purchases365: found?.purchases365 ?? null,
    value90: found?.value90 ?? null,
    value365: found?.value365 ?? null,
    spend: found?.spend ?? null,
  }
}

function dayOf(day: number | null | undefined): Day | null {
  return day === null || day === undefined ? null : addDays('1970-01-01', day)
}

/** What she bought, as far as the actor sees it; undefined where that is nothing. */
async function buyerOf(ctx: Context, lens: Lens, customerId: number): Promise<Buyer | undefined> {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const buyers = buyersSql(lens.asOf, bound, { source, within: `customer_id = ${bound.bind(customerId, 'UInt64')}` })
  const result = await ctx.columns.query({
    query: buyerLines(buyers, lens.shopIds !== undefined),
    query_params: bound.params,
    format: 'TabSeparated',
  })
  const [id, repeats, last, age, first, gap, longest, mean] = columnsIn(await result.text(), 8).map(([one]) => one)
  if (id === undefined) return undefined
  return {
    customerId,
    repeats: repeats!,
    last: last!,
    age: age!,
    first: first!,
    gap: gap!,
    longest: longest!,
    mean: mean!,
  }
}
