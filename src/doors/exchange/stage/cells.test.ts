import { describe, expect, test } from 'vitest'
import { birthdayOf } from './birthday.ts'
import { type Decimal, minorOf, priceOfOne, readDecimal } from './decimal.ts'
import { instantReader } from './instant.ts'
import { addHash } from './line-hash.ts'

const decimal = (text: string, currency = 'CNY') => readDecimal(text, currency) as Decimal

describe('numbers', () => {
  test.each([
    ['12.50', 1250],
    ['¥1,234.50元', 123450],
    ['（3.00）', -300],
    ['１２', 1200],
    ['-0.005', -1],
    ['RMB 8', 800],
    ['12 345,678.9', undefined],
    ['1.005', 101],
    ['2.5500000000000003', 255],
    ['.5', 50],
    ['1,234,567', 123456700],
  ])('%s', (text, minor) => {
    const read = readDecimal(text, 'CNY')
    expect(typeof read === 'string' ? undefined : minorOf('CNY', read)).toBe(minor)
  })

  test('a comma that may be a decimal point, and words, are not guessed at', () => {
    expect(['12,5', 'abc', '1.2.3', '', '12..', '--3'].map((text) => readDecimal(text, 'CNY'))).toEqual(
      Array(6).fill('bad'),
    )
  })

  test('the sign of another currency is told apart', () => {
    expect(readDecimal('$5', 'CNY')).toBe('foreign')
    expect(readDecimal('£5', 'GBP')).toMatchObject({ text: '5' })
    expect(readDecimal('NT$ 50', 'TWD')).toMatchObject({ text: '50' })
    expect(readDecimal('50 EUR', 'CNY')).toBe('foreign')
  })

  test('an amount is rounded once, half away from zero, also where it is too large for plain numbers', () => {
    expect(minorOf('CNY', decimal('3'), decimal('0.335'))).toBe(101)
    expect(minorOf('CNY', decimal('-3'), decimal('0.335'))).toBe(-101)
    expect(minorOf('JPY', decimal('3', 'JPY'), decimal('0.5', 'JPY'))).toBe(2)
    expect(minorOf('CNY', decimal('99999999.999'), decimal('12345.678901'))).toBe(123456789008765)
    expect(minorOf('GBP', decimal('1', 'GBP'), decimal('0.001', 'GBP'))).toBe(0)
    expect(minorOf('CNY', decimal('999999999999'), decimal('999999999999'))).toBeUndefined()
    expect(priceOfOne(1000, decimal('3'), 'CNY')).toBe('3.333333')
  })
})

describe('dates', () => {
  const read = (text: string, dates: 'year-first' | 'day-first' | 'month-first' = 'year-first') =>
    instantReader({ zone: 'Asia/Shanghai', dates })(text)

  test.each([
    ['2026-01-31 10:00:05', '2026-01-31T02:00:05.000Z'],
    ['2026/1/5 9:05', '2026-01-05T01:05:00.000Z'],
    ['2026年1月5日 下午3:05', '2026-01-05T07:05:00.000Z'],
    ['20260131', '2026-01-30T16:00:00.000Z'],
    ['2026-01-31T10:00:00', '2026-01-31T02:00:00.000Z'],
    ['2026-01-31 10:00:00 +0900', '2026-01-31T01:00:00.000Z'],
    ['2026-01-31T01:00:00Z', '2026-01-31T01:00:00.000Z'],
    ['1/31/2026 1:30 PM', '2026-01-31T05:30:00.000Z'],
    ['31-Jan-2026', '2026-01-30T16:00:00.000Z'],
    ['05/05/2026', '2026-05-04T16:00:00.000Z'],
    ['03/04/2026', 'two'],
    ['2026-02-30', 'bad'],
    ['46053.4', 'bad'],
    ['2026-01-31 25:00', 'bad'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test('with the year last, the day or the month stands first as told', () => {
    expect(read('03/04/2026', 'day-first')).toBe('2026-04-02T16:00:00.000Z')
    expect(read('03/04/2026', 'month-first')).toBe('2026-03-03T16:00:00.000Z')
    expect(read('25/04/2026', 'month-first')).toBe('bad')
  })

  test('in London, summer and winter', () => {
    const london = instantReader({ zone: 'Europe/London', dates: 'year-first' })
    expect(london('2011-07-01 12:00:00')).toBe('2011-07-01T11:00:00.000Z')
    expect(london('2011-12-01 12:00:00')).toBe('2011-12-01T12:00:00.000Z')
  })
})

test('birthdays by sun and moon, with and without a year', () => {
  expect(birthdayOf('1990年5月20日', 'year-first')).toEqual({ calendar: 'solar', year: 1990, month: 5, day: 20 })
  expect(birthdayOf('05-20', 'year-first')).toEqual({ calendar: 'solar', month: 5, day: 20 })
  expect(birthdayOf('农历8-15', 'year-first')).toEqual({ calendar: 'lunar', month: 8, day: 15 })
  expect(birthdayOf('1990-05-20 00:00:00', 'year-first')).toMatchObject({ day: 20 })
  expect(birthdayOf('03/04/1990', 'year-first')).toBe('exchange.two_dates')
  expect(birthdayOf('1990-02-30', 'year-first')).toBe('exchange.bad_birthday')
})

test('the fingerprint of an order does not depend on the order of its lines, and changes with each', () => {
  const sum = (...lines: string[]) => {
    const sums: [number, number] = [0, 0]
    for (const line of lines) addHash(sums, line)
    return sums
  }
  expect(sum('a', 'b', 'b')).toEqual(sum('b', 'a', 'b'))
  expect(sum('a', 'b', 'b')).not.toEqual(sum('a', 'b'))
  expect(sum('a', 'b')).not.toEqual(sum('a', 'c'))
})
