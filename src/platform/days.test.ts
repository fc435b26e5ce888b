import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayIn, daysBetween, instantIn, isDay, isZone } from './days.ts'

test('an order at one in the morning in Shanghai is of that day there, and of the day before in London', () => {
  const instant = new Date('2026-03-01T17:30:00Z')

  expect(dayIn('Asia/Shanghai', instant)).toBe('2026-03-02')
  expect(dayIn('Europe/London', instant)).toBe('2026-03-01')
})

test('days are counted on the calendar, over leap days and clock changes', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
})

test('adding and counting agree', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
      fc.integer({ min: -20_000, max: 20_000 }),
      (date, count) => {
        const day = date.toISOString().slice(0, 10)
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      },
    ),
  )
})

test('the 30th of February is no day', () => {
  expect(isDay('2026-02-28')).toBe(true)
  expect(isDay('2026-02-30')).toBe(false)
  expect(isDay('2026-2-3')).toBe(false)
})

test('a wall clock in a zone is an instant, in winter and summer', () => {
  expect(instantIn('Europe/London', '2011-12-09T12:50:00').toISOString()).toBe('2011-12-09T12:50:00.000Z')
  expect(instantIn('Europe/London', '2011-07-26T10:13:00').toISOString()).toBe('2011-07-26T09:13:00.000Z')
  expect(instantIn('Asia/Shanghai', '2026-03-01T00:00:00').toISOString()).toBe('2026-02-28T16:00:00.000Z')
})

test('an hour that spring skips moves forward, one that autumn repeats is the first', () => {
  expect(instantIn('Europe/London', '2026-03-29T01:30:00').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantIn('Europe/London', '2026-10-25T01:30:00').toISOString()).toBe('2026-10-25T00:30:00.000Z')
})

test('a wall clock read back in its zone is the same day', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
      fc.date({ min: new Date('1995-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
      (zone, date) => {
        const wall = `${date.toISOString().slice(0, 10)}T12:00:00`
        expect(dayIn(zone, instantIn(zone, wall))).toBe(wall.slice(0, 10))
      },
    ),
  )
})

test('a zone that nobody knows is not taken', () => {
  expect(isZone('Asia/Shanghai')).toBe(true)
  expect(isZone('Asia/Atlantis')).toBe(false)
})
