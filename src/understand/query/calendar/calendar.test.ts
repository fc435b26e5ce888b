import { expect, test } from 'vitest'
import { spanOf } from './span-of.ts'
import { timeNames } from './times.ts'

test('a time is the latest that has begun, by the sun, the moon, the almanac or the week', () => {
  const on = (of: Parameters<typeof spanOf>[0]['of'], asOf: string, more: object = {}) => {
    const span = spanOf({ of, ...more }, asOf)
    return span && (span.from === span.to ? span.from : `${span.from} – ${span.to}`)
  }

  expect(on('mid_autumn', '2026-03-01')).toBe('2025-10-06')
  expect(on('mid_autumn', '2026-09-25')).toBe('2026-09-25')
  expect(on('mid_autumn', '2026-03-01', { ago: 1 })).toBe('2024-09-17')
  expect(on('mid_autumn', '2026-09-20', { before: 14 })).toBe('2026-09-11 – 2026-09-25')
  expect(on('spring_festival', '2026-03-01', { before: 7, after: 15 })).toBe('2026-02-10 – 2026-03-04')
  expect(on('new_years_eve', '2026-03-01')).toBe('2026-02-16')
  expect(on('qingming', '2026-04-05')).toBe('2026-04-05')
  expect(on('dongzhi', '2026-03-01')).toBe('2025-12-21')
  expect(on('mothers_day', '2026-06-01')).toBe('2026-05-10')
  expect(on('black_friday', '2026-03-01')).toBe('2025-11-28')
  expect(on('singles_day', '2026-11-10')).toBe('2025-11-11')
  expect(on('week', '2026-03-01')).toBe('2026-02-23 – 2026-03-01')
  expect(on('month', '2026-03-01', { ago: 1 })).toBe('2026-02-01 – 2026-02-28')
  expect(on('quarter', '2026-03-01')).toBe('2026-01-01 – 2026-03-31')
  expect(on('season', '2026-02-28')).toBe('2025-12-01 – 2026-02-28')
  expect(on('season', '2026-03-01')).toBe('2026-03-01 – 2026-05-31')
  expect(on('year', '2026-03-01', { ago: 2 })).toBe('2024-01-01 – 2024-12-31')
  expect(on('lunar_year', '2026-03-01')).toBe('2026-02-17 – 2027-02-05')
  expect(on('lunar_month', '2025-08-01')).toBe('2025-07-25 – 2025-08-22')
})

test('there is one of each name on every day, and the one before it is before it', () => {
  for (const of of timeNames) {
    for (const asOf of ['2024-02-29', '2025-12-31', '2026-01-01', '2026-02-17', '2026-07-01']) {
      const [now, before] = [spanOf({ of, before: 366 }, asOf), spanOf({ of, ago: 1, before: 366 }, asOf)]
      expect(now && before && before.from < now.from && now.from <= asOf && now.to <= '2028', `${of} ${asOf}`).toBe(
        true,
      )
    }
  }
})
