import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { grouped, type History } from './histories.ts'
import { expectedPurchases, fitPurchases } from './purchase-model.ts'
import { expectedSpend, fitSpending } from './spend-model.ts'

const file = new URL('../../../../../shared/data/cdnow/CDNOW_sample.txt', import.meta.url)
const there = existsSync(file)
if (!there) process.stdout.write('CDNOW is not here (../shared/data/cdnow): the check against the paper is skipped\n')

type Life = History & { id: string; mean: number; held: number }

/** The first 39 weeks of 1997 by person, and what followed in the 39 weeks after. */
function lives(): Life[] {
  const day = (text: string) =>
    Math.round(Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`) / 86_400_000)
  const end = day('19970930')
  const people = new Map<string, Map<number, number>>()
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [id, , on, , spent] = line.trim().split(/\s+/) as [string, string, string, string, string]
    const days = people.get(id) ?? new Map<number, number>()
    days.set(day(on), (days.get(day(on)) ?? 0) + Number(spent))
    people.set(id, days)
  }
  return [...people].map(([id, bought]) => {
    const days = [...bought.keys()].sort((a, b) => a - b)
    const first = days[0]!
    const before = days.filter((one) => one <= end)
    const repeats = before.length - 1
    const spent = before.slice(1).reduce((sum, one) => sum + bought.get(one)!, 0)
    return {
      id,
      repeats,
      last: before.at(-1)! - first,
      age: end - first,
      mean: repeats > 0 ? spent / repeats : 0,
      held: days.length - before.length,
    }
  })
}

describe.skipIf(!there)('CDNOW, 2,357 customers of a record shop, as the papers print it', () => {
  const all = there ? lives() : []
  const fit = there ? fitPurchases(grouped(all)) : undefined
  const model = fit?.status === 'fitted' ? fit.parameters : undefined

  test('BG/NBD: r 0.243, alpha 4.414, a 0.793, b 2.426, log-likelihood −9582.4', () => {
    expect(all).toHaveLength(2357)
    expect(fit).toMatchObject({ status: 'fitted', people: 2357 })
    const { r, alpha, a, b } = model!
    expect([r, alpha, a, b].map((one) => Number(one.toFixed(3)))).toEqual([0.243, 4.414, 0.793, 2.426])
    expect((fit as { logLikelihood: number }).logLikelihood).toBeCloseTo(-9582.43, 1)
  })

  test('Gamma-Gamma on its 946 repeaters: p 6.25, q 3.74, gamma 15.44', () => {
    const repeaters = all.filter(({ repeats }) => repeats > 0)
    const spent = fitSpending({
      repeats: Uint32Array.from(repeaters, ({ repeats }) => repeats),
      mean: Float64Array.from(repeaters, ({ mean }) => mean),
    })
    if (spent.status !== 'fitted') throw new Error(spent.status)
    expect(repeaters).toHaveLength(946)
    const { p, q, gamma } = spent.parameters
    expect([p, q].map((one) => Number(one.toFixed(2)))).toEqual([6.25, 3.74])
    expect(Math.abs(gamma - 15.44)).toBeLessThan(0.02)
    expect(spent.logLikelihood).toBeCloseTo(-4055.92, 1)
    const first = all.slice(0, 10).map((one) => Number(expectedSpend(spent.parameters, one).toFixed(2)))
    for (const [place, printed] of [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17].entries())
      expect(Math.abs(first[place]! - printed)).toBeLessThan(0.06)
  })

  test('the 39 weeks that it has not seen: by how often people had bought, and in all', () => {
    const bins = Array.from({ length: 8 }, () => ({ people: 0, expected: 0, actual: 0 }))
    for (const one of all) {
      const bin = bins[Math.min(7, one.repeats)]!
      bin.people += 1
      bin.expected += expectedPurchases(model!, one, 39 * 7)
      bin.actual += one.held
    }
    expect(bins.map(({ people }) => people)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64])
    const printed = [0.225, 0.523, 1.044, 1.52, 2.164, 2.654, 3.504, 6.157]
    for (const [place, { people, expected }] of bins.entries())
      expect(Math.abs(expected / people - printed[place]!)).toBeLessThan(0.01)
    const sum = (of: (bin: (typeof bins)[number]) => number) => bins.reduce((all, bin) => all + of(bin), 0)
    expect(Math.abs(sum(({ expected }) => expected) / sum(({ actual }) => actual) - 1)).toBeLessThan(0.15)
  })

  test('the tracking plot: all repeat purchases by week 78, foretold from week 39, within a tenth', () => {
    // Each from her own first day, as nobody knew her before.
    const end = 38 * 7 + 6
    const foretold = all.reduce(
      (sum, { age }) => sum + expectedPurchases(model!, { repeats: 0, last: 0, age: 0 }, age + 39 * 7),
      0,
    )
    const actual = all.reduce((sum, { repeats, held }) => sum + repeats + held, 0)
    expect(end).toBe(272)
    expect(Math.abs(foretold / actual - 1)).toBeLessThan(0.1)
  })
})
