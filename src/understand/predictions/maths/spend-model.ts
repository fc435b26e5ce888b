import { type Fit, type Limits, mostLikely } from './fit.ts'
import { logGamma } from './log-gamma.ts'

/**
 * Gamma-Gamma (Fader and Hardie 2013): what a person spends on a purchase is Gamma(p, her own rate), and the rates over all people
 * are Gamma(q, gamma). How much and how often are taken to be unrelated.
 */
export type SpendModel = { p: number; q: number; gamma: number }

/** Of people who bought again: how often, and what a repeat purchase brought on average, above 0. */
export type Spending = { repeats: Uint32Array; mean: Float64Array }

/** Above q = 1 there is a mean of all people; at 1.02 it is finite but nonsense, and the limit says so. */
const limits: Limits = [
  [0.01, 2000],
  [1, 2000],
  [1e-4, 1e5],
]

const fewestRepeaters = 30

/** A first look at so many people finds where to begin. */
const firstLook = 20_000

/** The parameters under which this spending is most likely; gamma in the unit of `mean`. */
export function fitSpending(spending: Spending): Fit<SpendModel> {
  const people = spending.repeats.length
  if (people < fewestRepeaters) return { status: 'too_few', people, evaluations: 0 }
  // In units of what people spend on average, so that one start and one set of limits suit every currency.
  const unit = spending.mean.reduce((sum, one) => sum + one, 0) / people
  const scaled = { repeats: spending.repeats, mean: spending.mean.map((one) => one / unit) }
  const every = Math.floor(people / firstLook)
  const some = <T extends Uint32Array | Float64Array>(column: T) =>
    column.filter((_, place) => place % every === 0) as T
  const first = every < 2 ? undefined : fitFrom({ repeats: some(scaled.repeats), mean: some(scaled.mean) })
  const found = fitFrom(scaled, first?.status === 'fitted' ? first.parameters : undefined)
  if (found.status !== 'fitted') return found
  const [p, q, gamma] = found.parameters as [number, number, number]
  return {
    ...found,
    parameters: { p, q, gamma: gamma * unit },
    logLikelihood: found.logLikelihood - people * Math.log(unit),
  }
}

function fitFrom(spending: Spending, near?: readonly number[]): Fit<readonly number[]> {
  return mostLikely(spendingLikelihoodOf(spending), {
    starts: [...(near ? [{ at: near, step: 0.05 }] : []), { at: [4, 4, 1], step: 0.5 }, { at: [1, 8, 6], step: 0.5 }],
    limits,
    people: spending.repeats.length,
  })
}

/** The log-likelihood of spending as a function of (p, q, gamma). */
export function spendingLikelihoodOf({ repeats, mean }: Spending): (parameters: readonly number[]) => number {
  const size = repeats.length
  let most = 0
  for (let place = 0; place < size; place += 1) if (repeats[place]! > most) most = repeats[place]!
  const logMean = mean.map(Math.log)
  const ofRepeats = new Float64Array(most + 1)
  return ([p, q, gamma]: readonly number[]) => {
    const whole = q! * Math.log(gamma!) - logGamma(q!)
    for (let x = 1; x <= most; x += 1) {
      ofRepeats[x] = whole + logGamma(p! * x + q!) - logGamma(p! * x) + p! * x * Math.log(x)
    }
    let sum = 0
    for (let place = 0; place < size; place += 1) {
      const x = repeats[place]!
      sum += ofRepeats[x]! + (p! * x - 1) * logMean[place]! - (p! * x + q!) * Math.log(gamma! + x * mean[place]!)
    }
    return sum
  }
}

/** What a further purchase of hers brings on average: her own mean, drawn to everybody's the fewer purchases there are. */
export function expectedSpend(
  { p, q, gamma }: SpendModel,
  { repeats, mean }: { repeats: number; mean: number },
): number {
  return (p * (gamma + repeats * Math.max(0, mean))) / (p * repeats + q - 1)
}
