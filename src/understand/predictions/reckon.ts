import { daysBetween } from '#platform/days.ts'
import { alikeFrom } from './alike.ts'
import { checkOf } from './check.ts'
import type { Forecast, ModelFault } from './contract.ts'
import { fitPurchases } from './maths/purchase-model.ts'
import { fitSpending } from './maths/spend-model.ts'
import { pastFrom } from './past.ts'
import type { Readings } from './readings.ts'
import { trackingOf } from './tracking.ts'
import { columnsIn } from './whole-numbers.ts'

/** A model of fewer buyers is drawn by single people. */
const fewestBuyers = 200
const fewestRepeaters = 100
/** Two times the 90 days that are held back. */
const shortest = 180
/** The model must not have been wrong by more than this on average. */
const mostOff = 0.1
/** Three years: one held back still leaves two. */
const longEnough = 3 * 365

/** A forecast from its readings: fits, check, tracking. Pure, some seconds for a million buyers: for a thread of its own. */
export function reckon(readings: Readings): Omit<Forecast, 'scored'> {
  const { asOf, since, buyers, repeaters, sample, averageSpend, gaps } = readings
  const pasts = new Map(readings.held.map((one) => [one.days, { ...one, past: pastFrom(one.text) }]))
  const spending = spendingFit(readings.spending)
  const found = {
    ...{ asOf, since, buyers, repeaters, sample, averageSpend, gaps, spending },
    alike: alikeFrom(pasts.get(90)?.past, pasts.get(365)?.past),
    check: null,
    tracking: null,
  }
  const without = (status: ModelFault) => ({ ...found, purchases: { status, people: buyers } })
  if (buyers < fewestBuyers || repeaters < fewestRepeaters) return without('too_few')
  const history = daysBetween(since!, asOf)
  const held = pasts.get(history >= longEnough ? 365 : 90)
  if (history < shortest || !held) return without('too_short')
  const then = fitPurchases(held.past)
  if (then.status !== 'fitted') return without(then.status)
  const now = fitPurchases(pastFrom(readings.histories), then.parameters)
  const { cutoff, repeatsByDay } = held
  const check = checkOf(then.parameters, held.past, { cutoff, asOf })
  const checked = {
    ...found,
    check,
    tracking: trackingOf(then.parameters, held.past, { since: since!, cutoff, asOf, repeatsByDay }),
  }
  if (now.status !== 'fitted') return { ...checked, purchases: { status: now.status, people: buyers } }
  if (check.off > mostOff) return { ...checked, purchases: { status: 'off', people: buyers } }
  const { parameters, logLikelihood, people, evaluations } = now
  return { ...checked, purchases: { status: 'holds', ...parameters, logLikelihood, people, evaluations } }
}

function spendingFit(text: string): Forecast['spending'] {
  const [repeats, mean] = columnsIn(text, 2)
  const fit = fitSpending({ repeats: Uint32Array.from(repeats!), mean: mean! })
  if (fit.status !== 'fitted') return { status: fit.status, people: fit.people }
  const { parameters, logLikelihood, people, evaluations } = fit
  return { status: 'holds', ...parameters, logLikelihood, people, evaluations }
}
