import type { Cells } from './cells.ts'
import { type Decimal, minorOf, one, priceOfOne } from './decimal.ts'
import { mostMinor, type Values } from './values.ts'

/** What a row says of its line. Amounts in minor units. */
export type ReadLine = {
  quantity: string
  unitPrice: string
  amount: number
  foreignAmount: number
  /** Of one, where it is told and above zero. */
  price: number | undefined
  /** Sold rather than given back. */
  positive: boolean
}

/**
 * Reads the line of a row; undefined where it has none (an order's row without an item). Where the file tells neither prices nor
 * amounts, the order's total less postage is its one line.
 */
export function lineReader(cells: Cells, { number, problem }: Values, currency: string) {
  const totalIsLine = !cells.has('line.unitPrice') && !cells.has('line.amount')

  return (
    cell: string[],
    own: string,
    rate: Decimal,
    total?: number,
    postage?: number,
    discount?: number,
  ): ReadLine | undefined => {
    const quantityText = cells.text(cell, 'line.quantity')
    const priceText = cells.text(cell, 'line.unitPrice')
    const amountText = cells.text(cell, 'line.amount')
    if (totalIsLine) {
      if (total === undefined) return undefined
      const quantity = quantityText === '' ? one : number(quantityText, 'line.quantity', own)
      const amount = total - (postage ?? 0) + (discount ?? 0)
      return {
        quantity: quantity.text,
        unitPrice: priceOfOne(amount, quantity, currency),
        amount,
        foreignAmount: 0,
        price: undefined,
        positive: false,
      }
    }
    if (priceText === '' && amountText === '' && (quantityText === '' || !cells.has('line.quantity'))) return undefined
    if (quantityText === '' && cells.has('line.quantity')) throw problem('exchange.missing_value', 'line.quantity', '')
    const quantity = quantityText === '' ? one : number(quantityText, 'line.quantity', own)
    if (quantity.scale > 3 && !/\.\d{3}0+$/.test(quantity.text))
      throw problem('exchange.bad_number', 'line.quantity', quantityText)
    if (priceText === '' && amountText === '') throw problem('exchange.missing_value', 'line.unitPrice', '')
    const price = priceText === '' ? undefined : number(priceText, 'line.unitPrice', own)
    const told = amountText === '' ? undefined : number(amountText, 'line.amount', own)
    const amount = told ? minorOf(currency, told, rate) : minorOf(currency, quantity, price!, rate)
    const foreign = own === currency ? 0 : told ? minorOf(own, told) : minorOf(own, quantity, price!)
    // As many digits as the tables hold.
    if (Math.abs(quantity.number) >= 1e11 * 10 ** quantity.scale)
      throw problem('exchange.bad_number', 'line.quantity', quantityText)
    const tooMuch = price !== undefined && Math.abs(price.number) >= 1e12 * 10 ** price.scale
    if (amount === undefined || foreign === undefined || tooMuch || Math.abs(amount) > mostMinor) {
      throw problem('exchange.bad_number', told ? 'line.amount' : 'line.unitPrice', told ? amountText : priceText)
    }
    return {
      quantity: quantity.text,
      unitPrice: price ? price.text : priceOfOne(amount, quantity, currency),
      amount,
      foreignAmount: foreign,
      price: price && price.units > 0n ? minorOf(currency, price, rate) : undefined,
      positive: quantity.units > 0n,
    }
  }
}
