import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BackLine, leftOf, planGivingBack, type SoldLine } from './giving-back.ts'
import { sumOf } from './order.ts'

const threeMugs: SoldLine = { line: 1, productId: 7, thousandths: 3000, amount: 1000 }

/** What a cancellation that was planned looks like when it is read back. */
function readBack(sold: readonly SoldLine[], planned: ReturnType<typeof planGivingBack>): BackLine[] {
  if (!Array.isArray(planned)) throw new Error(planned.objection)
  return planned.map((line) => ({
    ...line,
    productId: sold.find((one) => one.line === line.cancelsLine)?.productId ?? null,
  }))
}

describe('giving back a part', () => {
  test('three mugs for 10.00, one by one: 3.33, 3.34, 3.33, and then nothing is left', () => {
    const back: BackLine[] = []
    const amounts: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const net = 1000 + sumOf(back)!
      const planned = planGivingBack([threeMugs], leftOf([threeMugs], back), net, [{ line: 1, thousandths: 1000 }])
      back.push(...readBack([threeMugs], planned))
      amounts.push(back.at(-1)!.amount)
    }

    expect(amounts).toEqual([-333, -334, -333])
    expect(planGivingBack([threeMugs], leftOf([threeMugs], back), 0)).toEqual({ objection: 'orders.nothing_left' })
  })

  test('four of three mugs, a line that is not there, more money than was paid: refused', () => {
    const left = leftOf([threeMugs], [])
    const wish = (line: object) => planGivingBack([threeMugs], left, 1000, [{ line: 1, thousandths: 1000, ...line }])

    expect(wish({ thousandths: 4000 })).toEqual({ objection: 'orders.more_than_sold', line: 1, left: 3000 })
    expect(wish({ line: 2 })).toEqual({ objection: 'orders.unknown_line', line: 2 })
    expect(wish({ amount: 1001 })).toEqual({ objection: 'orders.more_than_paid', line: 1, left: 1000 })
  })

  test('for less money than its share leaves the rest for later', () => {
    const planned = planGivingBack([threeMugs], leftOf([threeMugs], []), 1000, [
      { line: 1, thousandths: 3000, amount: 900 },
    ])
    const back = readBack([threeMugs], planned)

    expect(leftOf([threeMugs], back)).toEqual([{ line: 1, thousandths: 0, amount: 100 }])
    expect(planGivingBack([threeMugs], leftOf([threeMugs], back), 100)).toEqual([
      { cancelsLine: 1, thousandths: 0, amount: -100 },
    ])
  })

  test('of a discounted order never gives back more than was paid: a balancing line takes the discount off', () => {
    const sold: SoldLine[] = [
      { line: 1, productId: 7, thousandths: 2000, amount: 20_000 },
      { line: 2, productId: null, thousandths: 1000, amount: -5000 },
    ]

    const planned = planGivingBack(sold, leftOf(sold, []), 15_000, [{ line: 1, thousandths: 2000 }])

    expect(planned).toEqual([
      { cancelsLine: 1, thousandths: -2000, amount: -20_000 },
      { cancelsLine: null, thousandths: 1000, amount: 5000 },
    ])
  })
})

test('a cancellation that names no line is counted against the lines of its product, in their order', () => {
  const sold: SoldLine[] = [
    { line: 1, productId: 7, thousandths: 2000, amount: 400 },
    { line: 2, productId: 8, thousandths: 1000, amount: 900 },
    { line: 3, productId: 7, thousandths: 5000, amount: 1000 },
  ]

  const left = leftOf(sold, [{ cancelsLine: null, productId: 7, thousandths: -3000, amount: -600 }])

  expect(left).toEqual([
    { line: 1, thousandths: 0, amount: 0 },
    { line: 2, thousandths: 1000, amount: 900 },
    { line: 3, thousandths: 4000, amount: 800 },
  ])
})

const anOrder = fc
  .array(
    fc.record({
      thousandths: fc.integer({ min: 1, max: 20 }).map((count) => count * 500),
      amount: fc.integer({ min: 0, max: 100_000 }),
      productId: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((lines) =>
    fc
      .integer({ min: 0, max: sumOf(lines)! })
      .map((discount) => [
        ...lines.map((line, index): SoldLine => ({ ...line, line: index + 1 })),
        { line: lines.length + 1, productId: null, thousandths: 1000, amount: -discount || 0 },
      ]),
  )

test('however a sale is given back, it is never more than was sold or paid, and the whole rest leaves nothing', () => {
  const wishes = fc.array(
    fc.record({ line: fc.nat(6), thousandths: fc.integer({ min: 1, max: 20 }).map((count) => count * 500) }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(anOrder, wishes, (sold, wishes) => {
      const paid = sumOf(sold)!
      const back: BackLine[] = []
      const giveBack = (wanted?: (typeof wishes)[number][]) => {
        const planned = planGivingBack(sold, leftOf(sold, back), paid + sumOf(back)!, wanted)
        if (Array.isArray(planned)) back.push(...readBack(sold, planned))
        expect(paid + sumOf(back)!).toBeGreaterThanOrEqual(0)
      }

      for (const wish of wishes) giveBack([wish])
      for (const line of sold) {
        const returned = back.filter((one) => one.cancelsLine === line.line)
        expect(-returned.reduce((sum, one) => sum + one.thousandths, 0)).toBeLessThanOrEqual(line.thousandths)
        expect(Math.abs(sumOf(returned)!)).toBeLessThanOrEqual(Math.abs(line.amount))
      }
      giveBack()

      expect(paid + sumOf(back)!).toBe(0)
    }),
  )
})
