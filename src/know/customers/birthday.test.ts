import { describe, expect, test } from 'vitest'
import { birthdayObjection, birthdayShape } from './birthday.ts'

describe('a birthday by the moon', () => {
  test('in a leap month is good in a year that has it, and in no other', () => {
    expect(birthdayObjection({ calendar: 'lunar', year: 1990, month: 5, day: 3, leap: true })).toBeUndefined()
    expect(birthdayObjection({ calendar: 'lunar', year: 1991, month: 5, day: 3, leap: true })).toBe(
      'no_such_leap_month',
    )
    expect(birthdayObjection({ calendar: 'lunar', year: 1990, month: 6, day: 3, leap: true })).toBe(
      'no_such_leap_month',
    )
  })

  test('on the thirtieth is good in a long month and not in a short one', () => {
    // 2023: the second month has 30 days, its leap month 29.
    expect(birthdayObjection({ calendar: 'lunar', year: 2023, month: 2, day: 30 })).toBeUndefined()
    expect(birthdayObjection({ calendar: 'lunar', year: 2023, month: 2, day: 30, leap: true })).toBe('no_such_day')
  })

  test('without a year may be any day that some year has', () => {
    expect(birthdayObjection({ calendar: 'lunar', month: 8, day: 30 })).toBeUndefined()
    expect(birthdayObjection({ calendar: 'lunar', month: 8, day: 31 })).toBe('no_such_day')
    expect(birthdayObjection({ calendar: 'lunar', month: 1, day: 3, leap: true })).toBe('no_such_leap_month')
    expect(birthdayObjection({ calendar: 'lunar', month: 4, day: 3, leap: true })).toBeUndefined()
  })
})

test('a birthday by the sun is a day of the calendar', () => {
  expect(birthdayObjection({ calendar: 'solar', month: 2, day: 29 })).toBeUndefined()
  expect(birthdayObjection({ calendar: 'solar', year: 2023, month: 2, day: 29 })).toBe('no_such_day')
  expect(birthdayObjection({ calendar: 'solar', month: 4, day: 31 })).toBe('no_such_day')
  expect(birthdayObjection({ calendar: 'solar', month: 4, day: 1, leap: true })).toBe('leap_is_lunar')
})

test('the same birthday written otherwise is the same value', () => {
  const one = birthdayShape.parse({ day: 3, month: 5, calendar: 'solar', leap: false })

  expect(one).toEqual({ calendar: 'solar', month: 5, day: 3 })
})
