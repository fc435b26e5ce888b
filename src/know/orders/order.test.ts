import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineAmount, portionOf, quantityOf, sumOf, thousandthsOf } from './order.ts'

const decimal = (places: number) =>
  fc
    .tuple(fc.bigInt(-(10n ** 6n), 10n ** 6n), fc.integer({ min: 0, max: places }))
    .map(([digits, scale]) => ({ digits, scale, text: written(digits, scale) }))

function written(digits: bigint, scale: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const body = scale ? `${text.slice(0, -scale)}.${text.slice(-scale)}` : text
  return digits < 0n ? `-${body}` : body
}

describe('the amount of a line', () => {
  test.each([
    ['3', '0.335', 'CNY', 101], // 1.005: half goes away from zero, where floating point would say 1.00
    ['-3', '0.335', 'CNY', -101],
    ['1', '0.001', 'GBP', 0], // a tenth of a penny
    ['240', '0.001', 'GBP', 24], // and 240 of them
    ['1', '-11062.06', 'GBP', -1106206],
    ['2', '1234.5', 'JPY', 2469],
    ['1.5', '0.0005', 'KWD', 1],
  ])('%s × %s %s is %i minor units', (quantity, price, currency, amount) => {
    expect(lineAmount(quantity, price, currency)).toBe(amount)
  })

  test('of a foreign currency is rounded once, after the rate', () => {
    expect(lineAmount('3', '1.335', 'CNY', '7.1234')).toBe(2853)
    expect(lineAmount('1', '100', 'JPY', '0.05')).toBe(5)
  })

  test('is undefined for what is no number, and for what is too large to count', () => {
    expect(lineAmount('1', '2.01E+18', 'CNY')).toBeUndefined()
    expect(lineAmount('', '1', 'CNY')).toBeUndefined()
    expect(lineAmount('99999999', '999999999999', 'CNY')).toBeUndefined()
  })

  test('is never further than half a minor unit from the exact product, and its mirror image when given back', () => {
    fc.assert(
      fc.property(decimal(3), decimal(6), (quantity, price) => {
        const amount = BigInt(lineAmount(quantity.text, price.text, 'CNY')!)
        const scale = 10n ** BigInt(quantity.scale + price.scale)
        const off = quantity.digits * price.digits * 100n - amount * scale
        expect((off < 0n ? -off : off) * 2n <= scale).toBe(true)
        expect(lineAmount(written(-quantity.digits, quantity.scale), price.text, 'CNY')).toBe(Number(-amount))
      }),
    )
  })
})

test('a quantity of three decimals survives the way to the database and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (thousandths) => {
      expect(thousandthsOf(quantityOf(thousandths))).toBe(thousandths || 0)
      expect(thousandthsOf(thousandths / 1000)).toBe(thousandths || 0)
    }),
  )
  expect(thousandthsOf('0.0001')).toBeUndefined()
  expect(quantityOf(1500)).toBe('1.5')
})

test('shares of an amount sum up to it, however it is cut', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (amount, parts) => {
      const whole = parts.reduce((sum, part) => sum + part)
      let upTo = 0
      let given = 0
      for (const part of parts) {
        upTo += part
        given += portionOf(amount, upTo, whole) - given
      }
      expect(given).toBe(amount)
    }),
  )
})

describe('an order', () => {
  test('amounts to the sum of its lines', () => {
    expect(sumOf([{ amount: 2000 }, { amount: -300 }, { amount: 1 }])).toBe(1701)
    expect(sumOf([{ amount: Number.MAX_SAFE_INTEGER }, { amount: 1 }])).toBeUndefined()
  })
})
