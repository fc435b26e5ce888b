import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMinor, isCurrency, minorDigits, toMinor } from './money.ts'

test('an amount is whole minor units of its currency', () => {
  expect(toMinor('12.3', 'CNY')).toBe(1230)
  expect(toMinor('-11062.06', 'GBP')).toBe(-1_106_206)
  expect(toMinor('500', 'JPY')).toBe(500)
  expect(minorDigits('KWD')).toBe(3)
})

test('half a cent goes away from zero, a tenth of a penny to nothing', () => {
  expect(toMinor('0.005', 'CNY')).toBe(1)
  expect(toMinor('-0.005', 'CNY')).toBe(-1)
  expect(toMinor('0.001', 'GBP')).toBe(0)
  expect(toMinor('1.005', 'CNY')).toBe(101)
})

test('what is no plain number is not guessed', () => {
  for (const text of ['', '.', 'abc', '1,200', '2.01E+18', '1.2.3', '99999999999999999999'])
    expect(toMinor(text, 'CNY')).toBeUndefined()
})

test('an amount written and read is the same', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom('CNY', 'JPY', 'KWD'), (amount, currency) => {
      expect(toMinor(fromMinor(amount, currency), currency)).toBe(amount)
    }),
  )
})

test('a currency is one of the world', () => {
  expect(isCurrency('CNY')).toBe(true)
  expect(isCurrency('XXQ')).toBe(false)
  expect(isCurrency('cny')).toBe(false)
})
