import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grouped, type Histories, type History } from './histories.ts'
import { hypergeometric } from './hypergeometric.ts'
import { logGamma } from './log-gamma.ts'
import { minimise } from './minimise.ts'
import {
  ageOfDoubt,
  chanceHere,
  chanceToBuy,
  expectedPurchases,
  expectedWhileHere,
  fitPurchases,
  type PurchaseModel,
} from './purchase-model.ts'
import { residualValue } from './residual-value.ts'
import { expectedSpend, fitSpending } from './spend-model.ts'

/** CDNOW's parameters, with the digits that the papers do not print. */
const cdnow: PurchaseModel = { r: 0.24259, alpha: 4.41353, a: 0.79289, b: 2.42575 }
const weeks = (count: number) => count * 7
const of = (repeats: number, last: number, age: number): History => ({ repeats, last: weeks(last), age: weeks(age) })

const models = fc.record({
  r: fc.double({ min: 0.05, max: 20, noNaN: true }),
  alpha: fc.double({ min: 0.5, max: 60, noNaN: true }),
  a: fc.double({ min: 0.05, max: 20, noNaN: true }),
  b: fc.double({ min: 0.3, max: 60, noNaN: true }),
})
const histories = fc
  .record({
    repeats: fc.integer({ min: 0, max: 300 }),
    age: fc.integer({ min: 0, max: 3000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ repeats, age, part }): History => ({ repeats, age, last: repeats === 0 ? 0 : Math.round(age * part) }))

describe('functions', () => {
  test('log gamma: factorials, halves, and its own recurrence far out and close to nothing', () => {
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 10)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
        const next = logGamma(x + 1)
        expect(Math.abs(next - logGamma(x) - Math.log(x))).toBeLessThan(1e-12 * Math.max(1, Math.abs(next)))
      }),
    )
  })

  test('2F1: where it has a plain form', () => {
    // 2F1(1, 1; 2; z) = −log(1 − z) / z, and 2F1(a, b; b; z) = (1 − z)^−a
    for (const z of [0.01, 0.5, 0.9, 0.999]) {
      expect(hypergeometric(1, 1, 2, z) / (-Math.log1p(-z) / z)).toBeCloseTo(1, 10)
      expect(hypergeometric(2.5, 7, 7, z) / (1 - z) ** -2.5).toBeCloseTo(1, 10)
    }
    expect(hypergeometric(0.3, 0.4, 1.7, 0)).toBe(1)
    expect(hypergeometric(1, 1, 2, 0.9999999)).toBeNaN()
  })

  test('a bent valley is followed to its lowest place; what has none is said not to have come together', () => {
    const valley = minimise(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2, [-1.2, 1])
    expect(valley.converged).toBe(true)
    expect(valley.at[0]).toBeCloseTo(1, 4)
    expect(minimise(([x]) => -x!, [0], { evaluations: 200 }).converged).toBe(false)
  })
})

describe('purchases to come', () => {
  test('as printed for CDNOW', () => {
    const expected = (t: number) => expectedPurchases(cdnow, of(0, 0, 0), weeks(t))
    const printed = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    for (const [place, t] of [0.1429, 1, 3, 31.8571, 32, 78].entries())
      expect(Math.abs(expected(t) - printed[place]!)).toBeLessThan(5e-4)
    expect(expected(52)).toBeCloseTo(1.444, 3)
    expect(expectedPurchases(cdnow, of(2, 30.43, 38.86), weeks(39))).toBeCloseTo(1.226, 3)
    expect(expectedPurchases(cdnow, of(26, 30.857, 31), weeks(52))).toBeCloseTo(25.757, 2)
    expect(chanceHere(cdnow, of(26, 30.857, 31))).toBeCloseTo(0.96885, 4)
    const silent = [10, 15, 20, 25].map((x) => expectedPurchases(cdnow, of(x, 20, 39), weeks(52)))
    for (const [place, printed] of [0.3474606, 0.04283391, 0.004158973, 0.0003583685].entries())
      expect(silent[place]! / printed).toBeCloseTo(1, 2)
  })

  test('the closed form is the integral that it stands for, whatever the model', () => {
    fc.assert(
      fc.property(models, histories, fc.integer({ min: 1, max: 730 }), (model, history, days) => {
        const closed = expectedWhileHere(model, history, days)
        const summed = byQuadrature(model, history, days)
        expect(Math.abs(closed - summed)).toBeLessThan(2e-4 * Math.max(summed, 0.01))
      }),
      { numRuns: 60 },
    )
  })

  test('chances are chances; more days bring more, more silence less; half is half', () => {
    fc.assert(
      fc.property(models, histories, (model, history) => {
        const [soon, later] = [chanceToBuy(model, history, 90), chanceToBuy(model, history, 365)]
        const here = chanceHere(model, history)
        expect(soon >= 0 && later >= soon && here >= later && here <= 1).toBe(true)
        expect(expectedPurchases(model, history, 365)).toBeGreaterThanOrEqual(later * (1 - 1e-9) - 1e-12)
        const after = { ...history, age: history.age + 30 }
        expect(chanceHere(model, after)).toBeLessThanOrEqual(here)
        const doubt = ageOfDoubt(model, history)
        if (doubt !== null && doubt > history.last && doubt < 1e5) {
          const on = (age: number) => chanceHere(model, { ...history, age })
          expect(on(doubt - 1) >= 0.5 && on(doubt + 1) <= 0.5).toBe(true)
        }
      }),
    )
  })

  test('what is left of her is worth less the later it comes, and no less than its first year', () => {
    const her = of(6, 30, 38)
    const worth = (yearly: number, years: number) => residualValue(cdnow, her, { spend: 35, years, yearly })

    expect(worth(0, 5)).toBeCloseTo(expectedPurchases(cdnow, her, 5 * 365.25) * 35, 6)
    expect(worth(0.1, 5)).toBeLessThan(worth(0, 5))
    expect(worth(0.1, 5)).toBeGreaterThan(worth(0.1, 1))
  })
})

describe('fits', () => {
  test('find the parameters by which a crowd was made; grouped or one by one, the same', () => {
    const made: PurchaseModel = { r: 0.8, alpha: 6, a: 0.7, b: 3 }
    const crowd = aCrowdOf(made, 4000)
    const fit = fitPurchases(grouped(crowd))
    if (fit.status !== 'fitted') throw new Error(fit.status)

    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(Math.log(fit.parameters[name] / made[name]))).toBeLessThan(0.35)
    const single = fitPurchases(oneByOne(crowd))
    expect(single).toMatchObject({ status: 'fitted', people: 4000 })
    expect((single as typeof fit).logLikelihood).toBeCloseTo(fit.logLikelihood, 4)
  })

  test('where nobody is seen to leave, the model without leaving is fitted, and says what it says', () => {
    const fit = fitPurchases(grouped(aCrowdOf({ r: 2, alpha: 10, a: 0, b: 2 }, 2000)))
    if (fit.status !== 'fitted') throw new Error(fit.status)
    const { parameters } = fit
    const her = of(5, 20, 60)

    if (parameters.a === 0) {
      expect([chanceHere(parameters, her), ageOfDoubt(parameters, her)]).toEqual([1, null])
      // (r + x) t / (alpha + T), as Ehrenberg has it.
      const known = ((parameters.r + 5) * 10) / (parameters.alpha + 60)
      expect(expectedPurchases(parameters, her, weeks(10))).toBeCloseTo(known, 9)
    }
    expect(parameters.a).toBeLessThan(0.01)
    expect(Math.abs(parameters.alpha / parameters.r / 5 - 1)).toBeLessThan(0.1)
  })

  test('say so where there is nothing to fit: too few, or all alike', () => {
    expect(fitPurchases(grouped([of(1, 3, 8), of(0, 0, 9)])).status).toBe('too_few')
    const clockwork = Array.from({ length: 500 }, () => ({ repeats: 10, last: 300, age: 305 }))
    expect(fitPurchases(grouped(clockwork)).status).not.toBe('fitted')
    const alike = { repeats: new Uint32Array(100).fill(3), mean: new Float64Array(100).fill(20) }
    expect(fitSpending(alike).status).not.toBe('fitted')
  })

  test('spending is drawn to the mean of all the fewer purchases it rests on', () => {
    const model = { p: 6.25, q: 3.74, gamma: 15.44 }
    const mean = expectedSpend(model, { repeats: 0, mean: 0 })

    expect(mean).toBeCloseTo(35.2, 1)
    expect(expectedSpend(model, { repeats: 1, mean: 100 })).toBeLessThan(
      expectedSpend(model, { repeats: 9, mean: 100 }),
    )
    expect(expectedSpend(model, { repeats: 1, mean: 100 })).toBeGreaterThan(mean)
  })
})

/** E[(1 − (1 + p s)^−(r+x)) / p], p ~ Beta(a, b+x), s = t / (alpha + T), by the midpoint rule over p's own quantile-like grid. */
function byQuadrature({ r, alpha, a, b }: PurchaseModel, { repeats, age }: History, days: number): number {
  const s = days / 7 / (alpha + age / 7)
  const [k, beta] = [r + repeats, b + repeats]
  const norm = logGamma(a + beta) - logGamma(a) - logGamma(beta)
  // p = e^u / (1 + e^u): both ends of the density become smooth tails.
  let sum = 0
  const step = 0.02
  for (let u = -700; u <= 60; u += step) {
    const logP = -Math.log1p(Math.exp(-u))
    const logRest = -Math.log1p(Math.exp(u))
    const density = Math.exp(norm + a * logP + beta * logRest)
    if (density < 1e-18) continue
    const p = Math.exp(logP)
    sum += density * (p * s < 1e-9 ? k * s : -Math.expm1(-k * Math.log1p(p * s)) / p) * step
  }
  return sum
}

function oneByOne(all: readonly History[]): Histories {
  const column = (name: keyof History) => Uint32Array.from(all, (one) => one[name])
  return {
    repeats: column('repeats'),
    last: column('last'),
    age: column('age'),
    count: new Uint32Array(all.length).fill(1),
  }
}

/** People who live by the model, the same each time. */
function aCrowdOf({ r, alpha, a, b }: PurchaseModel, people: number): History[] {
  let seed = 20_260_301
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return (seed + 0.5) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape)
    for (;;) {
      const z = normal()
      const v = (1 + z / Math.sqrt(9 * shape - 3)) ** 3
      const d = shape - 1 / 3
      if (v > 0 && Math.log(random()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v
    }
  }
  return Array.from({ length: people }, () => {
    const rate = gamma(r) / alpha
    const [one, other] = [a === 0 ? 0 : gamma(a), gamma(b)]
    const leaves = one / (one + other)
    const age = 200 + Math.floor(random() * 500)
    let last = 0
    let repeats = 0
    for (let at = 0; ; ) {
      if (repeats > 0 && random() < leaves) break
      at += (-Math.log(random()) / rate) * 7
      if (at > age) break
      repeats += 1
      last = Math.round(at)
    }
    return { repeats, last, age }
  })
}
