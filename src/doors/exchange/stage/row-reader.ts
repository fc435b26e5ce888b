import { isRuinedNumber } from '#platform/files/index.ts'
import type { LineKind, OrderStatus, Preset, Target } from '../preset.ts'
import { addLine, type Batch, type OrderPart, orderPart } from './batch.ts'
import { type Cells, cellsOf } from './cells.ts'
import { columnsOf } from './columns.ts'
import { type Decimal, minorOf, priceOfOne, readDecimal } from './decimal.ts'
import { goodsReader } from './goods.ts'
import { instantReader } from './instant.ts'
import { personReader } from './person.ts'
import { RowProblem } from './problem.ts'

const one: Decimal = { units: 1n, number: 1, scale: 0, text: '1' }

export type ReaderOptions = {
  preset: Preset
  header: readonly string[]
  /** The merchant's: what every amount becomes. */
  currency: string
  /** ISO 3166 code for phone numbers without a prefix. */
  country: string | undefined
  /** Documents after this instant are refused: a typing error in the year would stand first in every list. */
  latest: string
}

/**
 * Makes the reader of a file's rows: each adds what it says to the batch, or is recorded there as a problem with its column and
 * value, and changes nothing else, except that its order is marked as incomplete. No schema is run per row: columns are looked up
 * once, dates, numbers, products and persons are remembered by their text.
 */
export function rowReader(options: ReaderOptions): (row: number, cells: string[], batch: Batch) => void {
  const { preset, header, currency, latest } = options
  const cells = cellsOf(columnsOf(preset, header), header)
  const instantOf = instantReader(preset)
  const person = personReader(preset, cells, options.country)
  const goods = goodsReader(preset, cells, (row, target) => money(row, target, preset.currency, one))
  const numberOf = decimalReader(cells)
  const statuses = new Map(Object.entries(preset.statuses).map(([word, status]) => [word.toLowerCase(), status]))
  const asksStatus = statuses.size > 0 && cells.has('order.status')
  const hasOrders = cells.has('order.number')
  const hasLines = cells.has('line.code') || cells.has('line.name') || cells.has('line.unitPrice')
  const totalIsLine = !cells.has('line.unitPrice') && !cells.has('line.amount')

  return (row, cell, batch) => {
    batch.rows += 1
    batch.lastRow = row
    let number = ''
    try {
      if (!hasOrders) {
        const who = person(cell)
        const item = cells.has('line.code') ? goods.read(cell, batch) : undefined
        if (item) goods.add(batch, row, item, undefined, undefined)
        if (who.externalId !== undefined) addPerson(batch, row, who.externalId, false, undefined, who.doc)
        else if (!item) throw new RowProblem({ reason: 'exchange.nobody' })
        return
      }
      number = identifier(cell, 'order.number')
      if (number === '') throw new RowProblem({ reason: 'exchange.no_number', column: cells.nameOf('order.number') })
      readOrderRow(row, cell, batch, number)
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error
      batch.problems.push({ row, ...error.problem })
      if (number !== '') orderPart(batch, number, row, kindOf(number)).broken = true
    }
  }

  function readOrderRow(row: number, cell: string[], batch: Batch, number: string): void {
    const placedAt = instant(cell, 'order.placedAt')
    if (placedAt !== undefined && placedAt > latest) {
      throw problem('exchange.future', 'order.placedAt', cells.text(cell, 'order.placedAt'))
    }
    const who = person(cell)
    const own = cells.text(cell, 'order.currency').toUpperCase() || preset.currency
    const rate = rateOf(own, cell)
    const status = statusOf(cell)
    const kind = kindOf(number)
    const total = money(cell, 'order.total', own, rate)
    const postage = money(cell, 'order.postage', own, rate)
    const discount = money(cell, 'order.discount', own, rate)
    const tax = money(cell, 'order.tax', own, rate)
    const refund = money(cell, 'order.refund', own, rate)
    const cancelledAt = instant(cell, 'order.cancelledAt')
    const item = hasLines ? goods.read(cell, batch) : undefined
    const line = lineOf(cell, own, rate, total, postage, discount)
    const back = money(cell, 'line.refund', own, rate)

    const part = orderPart(batch, number, row, kind)
    tellDate(part, placedAt)
    tellCustomer(part, who.externalId)
    if (status !== undefined) part.status ??= status
    if (cancelledAt !== undefined) part.cancelledAt ??= cancelledAt
    if (total !== undefined) part.total ??= total
    if (postage !== undefined) part.postage ??= postage
    if (discount !== undefined) part.discount ??= discount
    if (tax !== undefined) part.tax ??= tax
    if (refund !== undefined) part.refund ??= refund
    if (cells.has('order.currency') || own !== currency) {
      if (part.currency !== undefined && part.currency !== own) part.twoCurrencies = true
      part.currency = own
      part.rate = own === currency ? undefined : rate.text
    }
    if (who.doc !== undefined) {
      if (who.externalId !== undefined) addPerson(batch, row, who.externalId, false, placedAt, who.doc)
      else addPerson(batch, row, `order:${number}`, true, placedAt, who.doc)
    }
    if (!line) return
    const code = item?.code ?? ''
    const itemKind: LineKind = item?.kind ?? 'goods'
    const name = item?.name ?? ''
    const { quantity, unitPrice, amount, foreignAmount } = line
    addLine(batch, part, { row, code, kind: itemKind, name, quantity, unitPrice, amount, foreignAmount })
    if (item) goods.add(batch, row, item, placedAt, kind === 'sale' && line.positive ? line.price : undefined)
    if (back && back > 0 && status !== 'void') {
      const cancellation = orderPart(batch, `${number}-R`, row, 'cancellation')
      cancellation.cancels = number
      tellDate(cancellation, cancelledAt ?? placedAt)
      tellCustomer(cancellation, who.externalId)
      cancellation.currency = part.currency
      cancellation.rate = part.rate
      addLine(batch, cancellation, {
        row,
        code,
        kind: itemKind,
        name,
        quantity: '-1',
        unitPrice: priceOfOne(back, one, currency),
        amount: -back,
        foreignAmount: 0,
      })
    }
  }

  /** The row's line, or undefined where it has none (an order's row without an item). */
  function lineOf(cell: string[], own: string, rate: Decimal, total?: number, postage?: number, discount?: number) {
    const quantityText = cells.text(cell, 'line.quantity')
    const priceText = cells.text(cell, 'line.unitPrice')
    const amountText = cells.text(cell, 'line.amount')
    if (totalIsLine) {
      if (total === undefined) return undefined
      const quantity = quantityText === '' ? one : numberOf(quantityText, 'line.quantity', own)
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
    const quantity = quantityText === '' ? one : numberOf(quantityText, 'line.quantity', own)
    if (quantity.scale > 3 && !/\.\d{3}0+$/.test(quantity.text))
      throw problem('exchange.bad_number', 'line.quantity', quantityText)
    if (priceText === '' && amountText === '') throw problem('exchange.missing_value', 'line.unitPrice', '')
    const price = priceText === '' ? undefined : numberOf(priceText, 'line.unitPrice', own)
    const told = amountText === '' ? undefined : numberOf(amountText, 'line.amount', own)
    const amount = told ? minorOf(currency, told, rate) : minorOf(currency, quantity, price!, rate)
    const foreign = own === currency ? 0 : told ? minorOf(own, told) : minorOf(own, quantity, price!)
    // As many digits as the tables hold.
    if (Math.abs(quantity.number) >= 1e11 * 10 ** quantity.scale)
      throw problem('exchange.bad_number', 'line.quantity', quantityText)
    const tooMuch = price !== undefined && Math.abs(price.number) >= 1e12 * 10 ** price.scale
    if (amount === undefined || foreign === undefined || tooMuch || Math.abs(amount) > 1e14) {
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

  function identifier(cell: string[], target: Target): string {
    const text = cells.text(cell, target)
    if ((text.includes('E') || text.includes('e')) && isRuinedNumber(text))
      throw problem('exchange.ruined_number', target, text)
    if (text.length > 100) throw problem('exchange.too_long', target, text, { allowed: 100 })
    return text
  }

  function instant(cell: string[], target: Target): string | undefined {
    const text = cells.text(cell, target)
    if (text === '') return undefined
    const at = instantOf(text)
    if (at === 'bad') throw problem('exchange.bad_date', target, text)
    if (at === 'two') throw problem('exchange.two_dates', target, text)
    return at
  }

  function rateOf(own: string, cell: string[]): Decimal {
    if (own === currency) return one
    const rate = preset.rates[own]
    if (rate === undefined) {
      throw problem('exchange.foreign_currency', 'order.currency', cells.text(cell, 'order.currency') || own, {
        currency,
      })
    }
    return readDecimal(rate, currency) as Decimal
  }

  function statusOf(cell: string[]): OrderStatus | undefined {
    const word = cells.text(cell, 'order.status')
    if (word === '') return undefined
    if (!asksStatus) return 'completed'
    const status = statuses.get(word.toLowerCase())
    if (!status) throw problem('exchange.unknown_status', 'order.status', word)
    return status
  }

  function money(cell: string[], target: Target, own: string, rate: Decimal): number | undefined {
    const text = cells.text(cell, target)
    if (text === '' || (target.endsWith('refund') && !/\p{N}/u.test(text))) return undefined
    const amount = minorOf(currency, numberOf(text, target, own), rate)
    if (amount === undefined) throw problem('exchange.bad_number', target, text)
    return amount
  }

  function problem(
    reason: string,
    target: Target,
    value: string,
    params?: Record<string, string | number>,
  ): RowProblem {
    return new RowProblem({ reason, column: cells.nameOf(target), value, params })
  }

  function kindOf(number: string) {
    return preset.documents.find((one) => number.startsWith(one.prefix))?.kind ?? 'sale'
  }
}

/** The earliest date is the order's; what an earlier row said of the rest stays. */
function tellDate(part: OrderPart, placedAt: string | undefined): void {
  if (placedAt !== undefined && (part.placedAt === undefined || placedAt < part.placedAt)) part.placedAt = placedAt
}

function tellCustomer(part: OrderPart, externalId: string | undefined): void {
  if (externalId === undefined) return
  if (part.externalId === undefined) part.externalId = externalId
  else if (part.externalId !== externalId) part.twoCustomers = true
}

function addPerson(
  batch: Batch,
  row: number,
  externalId: string,
  anonymous: boolean,
  at: string | undefined,
  doc = '{}',
): void {
  let said = batch.people.get(externalId)
  if (!said) {
    said = new Map()
    batch.people.set(externalId, said)
  }
  const known = said.get(doc)
  if (!known) said.set(doc, { row, externalId, anonymous, at, doc })
  else if (at !== undefined && (known.at === undefined || at >= known.at)) {
    known.at = at
    known.row = row
  }
}

/** Decimals by their text, in the order's currency; the last 20,000 are remembered. */
function decimalReader(cells: Cells): (text: string, target: Target, currency: string) => Decimal {
  const known = new Map<string, Decimal>()
  let of = ''
  return (text, target, currency) => {
    if (currency !== of) {
      known.clear()
      of = currency
    }
    let value = known.get(text)
    if (value) return value
    const read = readDecimal(text, currency)
    if (read === 'bad')
      throw new RowProblem({ reason: 'exchange.bad_number', column: cells.nameOf(target), value: text })
    if (read === 'foreign') {
      throw new RowProblem({
        reason: 'exchange.foreign_currency',
        column: cells.nameOf(target),
        value: text,
        params: { currency },
      })
    }
    value = read
    if (known.size >= 20_000) known.clear()
    known.set(cells.kept(text), value)
    return value
  }
}
