import { describe, expect, test } from 'vitest'
import { alikeFrom, placeOf } from './alike.ts'
import { checkOf } from './check.ts'
import { actionFor, type Buyer, type Grounds, judgeBy, noGrounds } from './ladder.ts'
import { chanceToBuy, type PurchaseModel } from './maths/purchase-model.ts'
import { outlookColumns, outlookLines } from './outlook-lines.ts'
import type { Past } from './past.ts'
import { columnsIn } from './whole-numbers.ts'

const model: PurchaseModel = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const her: Buyer = { customerId: 7, repeats: 6, last: 180, age: 200, first: 20_000, gap: 30, longest: 45, mean: 12_000 }
const today = her.first + her.age
const gaps = { median: 40, late: 90 }

/** People who stand where she stands: bought as often, as long silent. */
function past(people: number, again: number, bought: number): Past {
  const column = (value: number) => Uint32Array.from([value])
  return {
    repeats: column(her.repeats),
    last: column(her.last),
    age: column(her.age),
    count: column(people),
    again: column(again),
    bought: column(bought),
  }
}

describe('the ladder', () => {
  test('the model speaks for everybody once it holds; her own rhythm says when', () => {
    const judge = judgeBy({ ...noGrounds, purchases: model, averageSpend: 9_000, gaps })

    const found = judge(her)
    expect(found).toMatchObject({
      step: 'model',
      next: her.first + 180 + 30,
      spend: 12_000,
      callBefore: her.first + 225,
    })
    expect(found.again90).toBeCloseTo(chanceToBuy(model, her, 90), 12)
    expect(found.value90).toBe(Math.round(found.purchases90! * 12_000))
    // Who bought once: nobody knows whether she is there, only how likely she comes again, and the shop's mean is what she spends.
    expect(judge({ ...her, repeats: 0, last: 0, gap: 0, longest: 0, mean: 0 })).toMatchObject({
      step: 'model',
      here: null,
      spend: 9_000,
      callBefore: her.first + 90,
    })
  })

  test('without a model people of the past speak, where they are at least thirty', () => {
    const of = (people: number): Grounds => ({ ...noGrounds, alike: alikeFrom(past(people, 20, 50), undefined), gaps })

    expect(judgeBy(of(40))(her)).toMatchObject({
      step: 'alike',
      here: null,
      again90: 0.5,
      again365: null,
      purchases90: 1.25,
      alike: 40,
    })
    expect(judgeBy(of(29))(her).step).toBe('own')
  })

  test('her own rhythm alone tells no chance, and nothing at all once she is out of it; a short history tells nothing', () => {
    const judge = judgeBy(noGrounds)

    expect(judge(her)).toMatchObject({
      step: 'own',
      again90: null,
      purchases90: 3,
      value90: 36_000,
      next: her.first + 210,
      callBefore: her.first + 225,
    })
    expect(judge({ ...her, age: 300 })).toMatchObject({ step: 'own', next: null, purchases90: null, value90: null })
    expect(judge({ ...her, repeats: 3 })).toMatchObject({ step: null, next: null, callBefore: null })
  })

  test('every judgement has its act: wait, soon, late, gone, and a second purchase', () => {
    const act = (callBefore: number | null, again365: number | null, repeats = 3) =>
      actionFor({ step: 'model', callBefore, again365 }, { repeats, today })

    expect(act(today + 15, 0.9)).toBe('wait')
    expect(act(today + 15, 0.9, 0)).toBe('second')
    expect(act(today + 14, 0.9)).toBe('soon')
    expect(act(today, 0.9)).toBe('soon')
    expect(act(today - 1, 0.5)).toBe('late')
    expect(act(today - 1, 0.1)).toBe('gone')
    expect(actionFor({ step: null, callBefore: null, again365: null }, { repeats: 3, today })).toBeNull()
  })

  test('people are put where they belong, up to the edges', () => {
    expect([placeOf(0, 0), placeOf(0, 29), placeOf(0, 30), placeOf(1, 0), placeOf(500, 5000)]).toEqual([0, 0, 1, 8, 39])
  })
})

test('the check counts foretold and come by tenths of the chance, and how far off they were', () => {
  const chance = chanceToBuy(model, her, 90)
  const check = checkOf(model, past(100, 40, 90), { cutoff: '2026-01-01', asOf: '2026-04-01' })
  const bin = check.bins[Math.floor(chance * 10)]!

  expect(check).toMatchObject({ days: 90, people: 100, purchases: { actual: 90 } })
  expect(bin).toMatchObject({
    people: 100,
    actual: 0.4,
    peopleNow: { of: 'again90', atLeast: Math.floor(chance * 10) * 10 },
  })
  expect(bin.expected).toBeCloseTo(chance, 12)
  expect(check.off).toBeCloseTo(Math.abs(chance - 0.4), 12)
})

test('lines go to the thread and back as the columns write and read them', () => {
  expect(columnsIn('12\t0\n7\t65535\n', 2).map((column) => [...column])).toEqual([
    [12, 7],
    [0, 65_535],
  ])
  const lines = outlookLines(3, [her, { ...her, customerId: 8, repeats: 1 }], judgeBy(noGrounds))
  const cells = lines.trimEnd().split('\t')
  expect(lines.split('\n')).toHaveLength(2)
  expect(cells).toHaveLength(outlookColumns.length)
  expect(cells.slice(0, 4)).toEqual(['3', '7', 'own', '\\N'])
})
