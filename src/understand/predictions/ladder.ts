import { placeOf } from './alike.ts'
import type { Action, Forecast, Step } from './contract.ts'
import type { History } from './maths/histories.ts'
import { ageOfDoubt, chanceHere, expectedWhileHere, medianWait, type PurchaseModel } from './maths/purchase-model.ts'
import { expectedSpend, type SpendModel } from './maths/spend-model.ts'

/** A buyer as predictions see her; days are counted since 1970, money is minor units. */
export type Buyer = History & {
  customerId: number
  /** Her first purchase. */
  first: number
  /** Half of the gaps between her purchases are no longer; 0 where there is none. */
  gap: number
  longest: number
  /** What a repeat purchase brought in the mean. */
  mean: number
}

/** What is expected of her; null where nothing can be said. Days are counted since 1970. */
export type Expected = {
  step: Step | null
  here: number | null
  again90: number | null
  again365: number | null
  purchases90: number | null
  purchases365: number | null
  value90: number | null
  value365: number | null
  spend: number | null
  next: number | null
  callBefore: number | null
  /** People of the past like her, where it rests on them. */
  alike: number | null
}

/** What a forecast gives to judge single buyers by. */
export type Grounds = {
  purchases: PurchaseModel | null
  spending: SpendModel | null
  averageSpend: number | null
  gaps: Forecast['gaps']
  alike: Forecast['alike']
}

/** Four gaps of her own are a rhythm; two are an accident. */
export const fewestGaps = 4

/** No forecast, and what stands alone: her own rhythm. */
export const noGrounds: Grounds = { purchases: null, spending: null, averageSpend: null, gaps: null, alike: [] }

export function groundsOf({ purchases, spending, averageSpend, gaps, alike }: Forecast): Grounds {
  return {
    purchases: purchases.status === 'holds' ? purchases : null,
    spending: spending.status === 'holds' ? spending : null,
    averageSpend,
    gaps,
    alike,
  }
}

/**
 * Judges buyers by the highest step that holds: the model of the whole shop where it passed its check; else people of the past who
 * stood where she stands; else her own rhythm alone. Her next purchase is told by her own rhythm wherever she has one. What is
 * the same for many (repeats and age) is reckoned once.
 */
export function judgeBy(grounds: Grounds): (buyer: Buyer) => Expected {
  const known = new Map<number, [in90: number, in365: number]>()
  const whileHere = (model: PurchaseModel, { repeats, age }: Buyer) => {
    const key = repeats * 131_072 + age
    let found = known.get(key)
    if (!found) {
      found = [expectedWhileHere(model, { repeats, age }, 90), expectedWhileHere(model, { repeats, age }, 365)]
      known.set(key, found)
    }
    return found
  }
  return (buyer) => {
    const { purchases: model } = grounds
    if (model) return byModel(buyer, model, grounds, whileHere(model, buyer))
    const cell = grounds.alike[placeOf(buyer.repeats, buyer.age - buyer.last)]
    if (cell?.in90 || cell?.in365) return byAlike(buyer, cell, grounds)
    return buyer.repeats >= fewestGaps ? byRhythm(buyer, grounds) : nothing
  }
}

const nothing: Expected = {
  ...{ step: null, here: null, again90: null, again365: null, purchases90: null, purchases365: null },
  ...{ value90: null, value365: null, spend: null, next: null, callBefore: null, alike: null },
}

function byModel(buyer: Buyer, model: PurchaseModel, grounds: Grounds, [in90, in365]: [number, number]): Expected {
  const here = chanceHere(model, buyer)
  const weeks = model.alpha + buyer.age / 7
  const buys = (days: number) => here * -Math.expm1(-(model.r + buyer.repeats) * Math.log1p(days / 7 / weeks))
  const again365 = buys(365)
  const doubt = ageOfDoubt(model, buyer)
  return {
    step: 'model',
    here: buyer.repeats === 0 || model.a === 0 ? null : here,
    again90: buys(90),
    again365,
    ...worth(buyer, grounds, here * in90, here * in365),
    // Who more likely than not does not come within a year is not awaited on a day.
    next: rhythmOf(buyer) ?? (again365 < 0.5 ? null : todayOf(buyer) + Math.round(medianWait(model, buyer))),
    callBefore: doubt === null ? outOfStep(buyer, grounds) : Math.min(buyer.first + doubt, rhythmEnds(buyer)),
    alike: null,
  }
}

function byAlike(buyer: Buyer, { in90, in365 }: Grounds['alike'][number], grounds: Grounds): Expected {
  const usual = grounds.gaps ? buyer.first + buyer.last + grounds.gaps.median : null
  return {
    step: 'alike',
    here: null,
    again90: in90?.again ?? null,
    again365: in365?.again ?? null,
    ...worth(buyer, grounds, in90?.purchases ?? null, in365?.purchases ?? null),
    next: rhythmOf(buyer) ?? (usual !== null && usual >= todayOf(buyer) ? usual : null),
    callBefore: outOfStep(buyer, grounds),
    alike: in90?.people ?? in365?.people ?? null,
  }
}

/** Her own rhythm says when, not how likely: no chances. Purchases are those of her pace, as long as she keeps it. */
function byRhythm(buyer: Buyer, grounds: Grounds): Expected {
  const keeps = todayOf(buyer) <= doubtOf(buyer)
  const pace = (days: number) => (keeps ? days / Math.max(1, buyer.gap) : null)
  return {
    ...nothing,
    step: 'own',
    ...worth(buyer, grounds, pace(90), pace(365)),
    next: rhythmOf(buyer),
    callBefore: doubtOf(buyer),
  }
}

function worth(
  buyer: Buyer,
  { spending, averageSpend }: Grounds,
  purchases90: number | null,
  purchases365: number | null,
): Pick<Expected, 'purchases90' | 'purchases365' | 'value90' | 'value365' | 'spend'> {
  // Without a model of spending, her own mean counts from a rhythm on; below it the shop's.
  const spend = spending ? expectedSpend(spending, buyer) : buyer.repeats >= fewestGaps ? buyer.mean : averageSpend
  const times = (purchases: number | null) =>
    purchases === null || spend === null ? null : Math.round(purchases * spend)
  return {
    purchases90,
    purchases365,
    spend: spend === null ? null : Math.round(spend),
    value90: times(purchases90),
    value365: times(purchases365),
  }
}

const todayOf = ({ first, age }: Buyer) => first + age

/** The day that her rhythm says, also when it has passed; null without one, and once she is out of it. */
function rhythmOf(buyer: Buyer): number | null {
  if (buyer.repeats < fewestGaps || todayOf(buyer) > doubtOf(buyer)) return null
  return buyer.first + buyer.last + buyer.gap
}

/** From then on her silence is out of her rhythm: longer than half as long again, and than it ever was. */
function doubtOf({ first, last, gap, longest }: Buyer): number {
  return first + last + Math.max(Math.ceil(gap * 1.5), longest)
}

/** The same where she has a rhythm; never where she has none. */
function rhythmEnds(buyer: Buyer): number {
  return buyer.repeats >= fewestGaps ? doubtOf(buyer) : Number.POSITIVE_INFINITY
}

/** When her own rhythm says that she is late; without one, when three of four of the shop's gaps have ended. */
function outOfStep(buyer: Buyer, { gaps }: Grounds): number | null {
  if (buyer.repeats >= fewestGaps) return doubtOf(buyer)
  return gaps ? buyer.first + buyer.last + gaps.late : null
}

/** Within so many days a call is due soon. */
const soon = 14
/** Below this chance of a purchase within a year she counts as gone. */
const faint = 0.2

/** What to do about her on a day. */
export function actionFor(
  { step, callBefore, again365 }: Pick<Expected, 'step' | 'callBefore' | 'again365'>,
  { repeats, today }: { repeats: number; today: number },
): Action | null {
  if (step === null) return null
  if (callBefore !== null && today < callBefore - soon) return repeats === 0 ? 'second' : 'wait'
  if (callBefore !== null && today <= callBefore) return 'soon'
  if (again365 !== null && again365 < faint) return 'gone'
  return callBefore === null ? null : 'late'
}
