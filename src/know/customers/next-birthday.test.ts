import { expect, test } from 'vitest'
import { nextBirthday } from './next-birthday.ts'

test('a birthday by the sun comes once a year, on the 28th where there is no 29th', () => {
  expect(nextBirthday({ calendar: 'solar', month: 3, day: 5, year: 1990 }, '2026-03-01')).toEqual({
    on: '2026-03-05',
    inDays: 4,
    age: 36,
  })
  expect(nextBirthday({ calendar: 'solar', month: 3, day: 5 }, '2026-03-06')).toEqual({ on: '2027-03-05', inDays: 364 })
  expect(nextBirthday({ calendar: 'solar', month: 2, day: 29 }, '2026-02-01')?.on).toBe('2026-02-28')
})

test('a birthday by the moon comes on its day of this year’s moon', () => {
  // The Mid-Autumn Festival (15th of the 8th) and New Year's Eve of the years.
  expect(nextBirthday({ calendar: 'lunar', month: 8, day: 15 }, '2026-03-01')?.on).toBe('2026-09-25')
  expect(nextBirthday({ calendar: 'lunar', month: 1, day: 1 }, '2026-03-01')?.on).toBe('2027-02-06')
  expect(nextBirthday({ calendar: 'lunar', month: 12, day: 30 }, '2026-01-10')?.on).toBe('2026-02-16')
  // 2025 had a leap sixth month; 2026 has none.
  expect(nextBirthday({ calendar: 'lunar', month: 6, day: 1, leap: true }, '2025-07-01')?.on).toBe('2025-07-25')
  expect(nextBirthday({ calendar: 'lunar', month: 6, day: 1, leap: true }, '2026-07-01')?.on).toBe('2026-07-14')
})
