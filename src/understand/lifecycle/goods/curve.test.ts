import { expect, test } from 'vitest'
import { curveOf, evenly, quantilesOf, suggestionOf } from './curve.ts'

const row = (days: number, ended: number, lasting = 0) => ({
  days,
  ended,
  endedWeight: ended,
  lasting,
  lastingWeight: lasting,
})

test('where every silence ended, the curve is the plain share of those that were over', () => {
  const curve = curveOf([row(40, 30), row(10, 50), row(20, 20)])

  expect(curve.map(({ days, share }) => [days, Math.round(share * 100)])).toEqual([
    [10, 50],
    [20, 70],
    [40, 100],
  ])
  expect(quantilesOf(curve)).toEqual([
    { share: 0.5, days: 10 },
    { share: 0.75, days: 40 },
    { share: 0.9, days: 40 },
    { share: 0.97, days: 40 },
  ])
})

test('a silence that still lasts counts until today and no longer: half of those still watched come, whoever is young', () => {
  // 20 come on day 10, 60 have been silent for 5 days only, 20 are still silent after 30.
  const curve = curveOf([row(5, 0, 60), row(10, 20), row(30, 0, 20)])

  expect(curve).toEqual([{ days: 10, share: 0.5, watched: 40 }])
})

test('the line ends where fewer than ten silences have lasted so long, and few gaps suggest nothing', () => {
  const curve = curveOf([row(10, 40), row(50, 5), row(90, 4)])

  expect(curve.map(({ days }) => days)).toEqual([10])
  expect(suggestionOf(curve, { gaps: 29, comers: 29 })).toBeNull()
  expect(suggestionOf(curve, { gaps: 100, comers: 19 })).toBeNull()
  // Limits rise even where all came on one day.
  expect(suggestionOf(curve, { gaps: 49, comers: 40 })).toEqual({ active: 11, silent: 12, sleeping: 13 })
  expect(curveOf([])).toEqual([])
  expect(quantilesOf([])).toBeNull()
})

test('the drawing has even steps and keeps the end', () => {
  const curve = curveOf([row(3, 50), row(200, 50)])
  const points = evenly(curve, 20)

  expect(points.length).toBeLessThanOrEqual(22)
  expect(points[0]).toMatchObject({ days: 0, share: 0 })
  expect(points[1]).toMatchObject({ days: 10, share: 0.5 })
  expect(points.at(-1)!.share).toBe(1)
})
