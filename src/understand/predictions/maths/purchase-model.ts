import { type Fit, type Limits, mostLikely } from './fit.ts'
import { daysInWeek, type Histories, type History, peopleIn, thinned } from './histories.ts'
import { hypergeometric } from './hypergeometric.ts'
import { logGamma } from './log-gamma.ts'

/**
 * BG/NBD (Fader, Hardie and Lee 2005): while she is a customer, a person buys at random times at a rate of her own, which over all
 * people is Gamma(r, alpha), in weeks; after each purchase she stops for good with a chance of her own, which over all people is Beta(a, b).
 * With a = 0 nobody stops: the NBD model (Ehrenberg 1959), to which a shop comes whose history is too short to see anybody leave.
 */
export type PurchaseModel = { r: number; alpha: number; a: number; b: number }

/**
 * At `most`, people hardly differ and the likelihood is a ridge: the data do not tell a from b. Below `least` of alpha the series of
 * `expectedWhileHere` grows long.
 */
const limits: Limits = [
  [0.001, 500],
  [0.05, 20_000],
  [0.001, 60],
  [0.001, 600],
]

const fewestRepeaters = 30

/** A first look at so many different histories finds where to begin; all of them together are then looked at from near by. */
const firstLook = 20_000

/**
 * The parameters under which these histories are most likely. One look at a million different ones takes some 40 ms, and a fit some
 * hundreds of looks.
 * @param near where to begin: those of the same shop some time ago
 */
export function fitPurchases(histories: Histories, near?: PurchaseModel): Fit<PurchaseModel> {
  const every = Math.floor(histories.count.length / firstLook)
  const first = every < 2 || near ? undefined : fitFrom(thinned(histories, every))
  const found = fitFrom(histories, first?.status === 'fitted' ? first.parameters : near)
  if (found.status !== 'at_limit') return found
  const staying = fitStaying(histories, found.evaluations)
  return staying.status === 'fitted' ? staying : found
}

/** Where leaving cannot be told from the data, the model without it; whether that holds is for a check against the past to say. */
function fitStaying(histories: Histories, before: number): Fit<PurchaseModel> {
  const likelihood = likelihoodOf(histories)
  const found = mostLikely(([r, alpha]) => likelihood([r!, alpha!, 0, staying.b]), {
    starts: [{ at: [0.5, 8], step: 0.5 }],
    limits: limits.slice(0, 2),
    people: peopleIn(histories),
  })
  const evaluations = before + found.evaluations
  if (found.status !== 'fitted') return { ...found, evaluations }
  const [r, alpha] = found.parameters as [number, number]
  return { ...found, evaluations, parameters: { r, alpha, ...staying } }
}

const staying = { a: 0, b: 2 }

function fitFrom(histories: Histories, near?: PurchaseModel): Fit<PurchaseModel> {
  const people = peopleIn(histories)
  let repeaters = 0
  let gaps = 0
  let weeks = 0
  for (let place = 0; place < histories.count.length; place += 1) {
    const count = histories.count[place]!
    if (histories.repeats[place]! > 0) repeaters += count
    gaps += count * histories.repeats[place]!
    weeks += (count * histories.last[place]!) / daysInWeek
  }
  if (repeaters < fewestRepeaters) return { status: 'too_few', people, evaluations: 0 }
  const gap = Math.max(0.2, weeks / Math.max(1, gaps))
  const found = mostLikely(likelihoodOf(histories), {
    starts: [
      ...(near && near.a > 0 ? [{ at: [near.r, near.alpha, near.a, near.b], step: 0.05 }] : []),
      { at: [0.5, gap, 0.8, 2.5], step: 0.5 },
      { at: [2, 2 * gap, 0.2, 2], step: 0.5 },
    ],
    limits,
    people,
  })
  if (found.status !== 'fitted') return found
  const [r, alpha, a, b] = found.parameters as [number, number, number, number]
  return { ...found, parameters: { r, alpha, a, b } }
}

/**
 * The log-likelihood of histories as a function of (r, alpha, a, b). What depends on whole days or on the number of repeats alone is
 * computed once a day and once a number, so that one history costs an exponential and a logarithm.
 */
export function likelihoodOf({ repeats, last, age, count }: Histories): (parameters: readonly number[]) => number {
  const size = count.length
  let longest = 0
  let most = 0
  for (let place = 0; place < size; place += 1) {
    if (age[place]! > longest) longest = age[place]!
    if (repeats[place]! > most) most = repeats[place]!
  }
  const logTime = new Float64Array(longest + 1)
  const ofRepeats = new Float64Array(most + 1)
  const leaving = new Float64Array(most + 1)
  return ([r, alpha, a, b]: readonly number[]) => {
    for (let day = 0; day <= longest; day += 1) logTime[day] = Math.log(alpha! + day / daysInWeek)
    const whole = logGamma(a! + b!) - logGamma(b!) - logGamma(r!) + r! * Math.log(alpha!)
    for (let x = 0; x <= most; x += 1) {
      ofRepeats[x] = whole + logGamma(r! + x) + logGamma(b! + x) - logGamma(a! + b! + x)
      leaving[x] = x === 0 ? 0 : a! / (b! + x - 1)
    }
    let sum = 0
    for (let place = 0; place < size; place += 1) {
      const x = repeats[place]!
      const here = logTime[age[place]!]!
      const stayed = ofRepeats[x]! - (r! + x) * here
      sum +=
        count[place]! *
        (x === 0 ? stayed : stayed + Math.log1p(leaving[x]! * Math.exp((r! + x) * (here - logTime[last[place]!]!))))
    }
    return sum
  }
}

/**
 * The chance that she still is a customer. Of who bought once the model says 1 always, because leaving can only follow a repeat
 * purchase: show `chanceToBuy` of her.
 */
export function chanceHere({ r, alpha, a, b }: PurchaseModel, { repeats, last, age }: History): number {
  if (repeats === 0 || a === 0) return 1
  const silence = Math.log((alpha + age / daysInWeek) / (alpha + last / daysInWeek))
  return 1 / (1 + (a / (b + repeats - 1)) * Math.exp((r + repeats) * silence))
}

/** The chance of at least one purchase within the next days. */
export function chanceToBuy(model: PurchaseModel, history: History, days: number): number {
  const { r, alpha } = model
  const now = alpha + history.age / daysInWeek
  return chanceHere(model, history) * -Math.expm1(-(r + history.repeats) * Math.log1p(days / daysInWeek / now))
}

/** Purchases to be expected within the next days. */
export function expectedPurchases(model: PurchaseModel, history: History, days: number): number {
  return chanceHere(model, history) * expectedWhileHere(model, history, days)
}

/**
 * The same of who is a customer now; it depends on repeats and age alone. The published form has 2F1(r+x, b+x; a+b+x−1; z); by Euler's
 * transform its parameters no longer rise with x, so it neither overflows nor cancels for those who bought hundreds of times.
 */
export function expectedWhileHere(model: PurchaseModel, { repeats, age }: Omit<History, 'last'>, days: number): number {
  if (days <= 0) return 0
  const { r, alpha, b } = model
  // At a = 1 the quotient is 0/0; beside it, its limit to ten digits.
  const a = Math.abs(model.a - 1) < 1e-5 ? 1 + 1e-5 : model.a
  const weeks = days / daysInWeek
  const z = weeks / (alpha + age / daysInWeek + weeks)
  const c = a + b + repeats - 1
  const series = hypergeometric(a + b - 1 - r, a - 1, Math.abs(c) < 1e-9 ? 1e-9 : c, z)
  return (c / (a - 1)) * (1 - Math.exp((a - 1) * Math.log1p(-z)) * series)
}

/**
 * After how many days from the first purchase the chance that she still is a customer falls to one half, if she buys nothing until
 * then; null of who bought once, and where nobody is seen to leave.
 */
export function ageOfDoubt({ r, alpha, a, b }: PurchaseModel, { repeats, last }: Omit<History, 'age'>): number | null {
  if (repeats === 0 || a === 0) return null
  const weeks = (alpha + last / daysInWeek) * Math.exp(Math.log((b + repeats - 1) / a) / (r + repeats)) - alpha
  return Math.max(last, Math.round(weeks * daysInWeek))
}

/** Days from now until half of those like her who are still customers have bought again. */
export function medianWait({ r, alpha }: PurchaseModel, { repeats, age }: Omit<History, 'last'>): number {
  return (alpha + age / daysInWeek) * Math.expm1(Math.LN2 / (r + repeats)) * daysInWeek
}
