import type { Line } from '../life/basket.ts'
import type { Sale } from '../life/sale.ts'
import type { Good } from '../shop/goods.ts'

/** A line of a document as the records hold it. Amounts in minor units, quantities in thousandths. */
export type DocumentLine = {
  good: Good | null
  kind: string
  name: string | null
  thousandths: number
  /** Of one, in minor units. */
  price: number
  amount: number
}

/** The lines of a sale, as an import reads them: the goods, then postage, then what was taken off. */
export function linesOfSale({ lines, postage, discount }: Sale): DocumentLine[] {
  const all = lines.map((line) => lineOf(line, 1))
  if (postage) all.push(extra('postage', postage))
  if (discount) all.push(extra('discount', -discount))
  return all
}

/** What goes back: one line, or all of them less what had been taken off. The postage stays paid. */
export function linesOfRefund({ lines, discount, refund }: Sale): DocumentLine[] {
  const back = refund!.whole ? lines : [lines[refund!.line]!]
  const all = back.map((line) => lineOf(line, -1))
  if (refund!.whole && discount) all.push(extra('adjustment', discount))
  return all
}

/** The number of the document by which a sale is given back. */
export function refundNumber({ number }: Sale): string {
  return `${number}-R`
}

export function amountOf(lines: readonly DocumentLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0)
}

function lineOf({ good, thousandths, amount }: Line, sign: 1 | -1): DocumentLine {
  return {
    good,
    kind: good.kind,
    name: good.name,
    thousandths: sign * thousandths,
    price: good.price,
    amount: sign * amount,
  }
}

function extra(kind: string, amount: number): DocumentLine {
  return { good: null, kind, name: null, thousandths: 1000, price: amount, amount }
}

/** Thousandths and hundredths as plain decimals. */
export function decimalOf(value: number, places: 2 | 3): string {
  const sign = value < 0 ? '-' : ''
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
