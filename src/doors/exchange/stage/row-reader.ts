import type { OwnField } from '#know/fields/contract.ts'
import type { LineKind, Preset } from '../preset.ts'
import { addLine, addPerson, type Batch, orderPart, tellCustomer, tellDate } from './batch.ts'
import { cellsOf } from './cells.ts'
import { columnsOf, tellsReviewsAlone, tellsStepsAlone } from './columns.ts'
import { one, priceOfOne } from './decimal.ts'
import { goodsReader } from './goods.ts'
import { lineReader } from './line-reader.ts'
import { personReader } from './person.ts'
import { RowProblem } from './problem.ts'
import { addReview, reviewReader } from './reviews.ts'
import { stepReader } from './steps.ts'
import { valuesOf } from './values.ts'

export type ReaderOptions = {
  preset: Preset
  header: readonly string[]
  /** The merchant's: what every amount becomes. */
  currency: string
  /** ISO 3166 code for phone numbers without a prefix. */
  country: string | undefined
  /** The shop's own fields, for the columns that are meant as one. */
  own: readonly OwnField[]
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
  const columns = columnsOf(preset, header)
  const cells = cellsOf(columns, header)
  const values = valuesOf(preset, cells, currency)
  const { instant, money, problem } = values
  const lineOf = lineReader(cells, values, currency)
  const person = personReader(preset, cells, options)
  const goods = goodsReader(preset, cells, (row, target) => money(row, target, preset.currency, one))
  const steps = stepReader(cells, values, latest)
  const review = reviewReader(cells, values, latest)
  const reviewsAlone = tellsReviewsAlone(columns)
  const hasOrders = cells.has('order.number')
  const stepsAlone = tellsStepsAlone(columns) && !reviewsAlone
  const hasLines = cells.has('line.code') || cells.has('line.name') || cells.has('line.unitPrice')

  return (row, cell, batch) => {
    let number = ''
    try {
      if (reviewsAlone) {
        readReview(row, cell, batch)
        return
      }
      if (!hasOrders) {
        readRecord(row, cell, batch)
        return
      }
      number = values.identifier(cell, 'order.number')
      if (number === '') throw problem('exchange.no_number', 'order.number', '')
      if (stepsAlone) steps(row, cell, number, batch)
      else readOrderRow(row, cell, batch, number)
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error
      batch.problems.push({ row, ...error.problem })
      if (number !== '' && !stepsAlone) orderPart(batch, number, row, kindOf(number)).broken = true
    }
  }

  /** A row of a file of reviews: of an order by its number, or of a person. Goods are not made of it. */
  function readReview(row: number, cell: string[], batch: Batch): void {
    const said = review(cell)
    if (!said) throw problem('exchange.no_rating', 'review.rating', '')
    const number = values.identifier(cell, 'order.number')
    const who = person(cell)
    if (number === '' && who.externalId === undefined) throw new RowProblem({ reason: 'exchange.nobody' })
    if (who.externalId !== undefined) addPerson(batch, row, who.externalId, false, undefined, who.doc)
    addReview(batch, { ...said, row, number, externalId: who.externalId, code: values.identifier(cell, 'line.code') })
  }

  /** A row of a file without orders: a customer, a product, or both. */
  function readRecord(row: number, cell: string[], batch: Batch): void {
    const who = person(cell)
    const item = cells.text(cell, 'line.code') === '' ? undefined : goods.read(cell, batch)
    if (item) goods.add(batch, row, item, undefined, undefined)
    if (who.externalId !== undefined) addPerson(batch, row, who.externalId, false, undefined, who.doc)
    else if (!item) throw new RowProblem({ reason: 'exchange.nobody' })
  }

  function readOrderRow(row: number, cell: string[], batch: Batch, number: string): void {
    const placedAt = instant(cell, 'order.placedAt')
    if (placedAt !== undefined && placedAt > latest) {
      throw problem('exchange.future', 'order.placedAt', cells.text(cell, 'order.placedAt'))
    }
    const who = person(cell)
    const own = cells.text(cell, 'order.currency').toUpperCase() || preset.currency
    const rate = values.rateOf(own, cell)
    const status = values.statusOf(cell)
    // A document that names the sale which it gives back is a cancellation, whatever its number.
    const cancels = values.identifier(cell, 'order.cancels')
    const kind = cancels === '' ? kindOf(number) : 'cancellation'
    const total = money(cell, 'order.total', own, rate)
    const postage = money(cell, 'order.postage', own, rate)
    const discount = money(cell, 'order.discount', own, rate)
    const tax = money(cell, 'order.tax', own, rate)
    const refund = money(cell, 'order.refund', own, rate)
    const cancelledAt = instant(cell, 'order.cancelledAt')
    const reason = values.words(cell, 'order.reason', 500)
    const item = hasLines ? goods.read(cell, batch) : undefined
    const line = lineOf(cell, own, rate, total, postage, discount)
    const back = money(cell, 'line.refund', own, rate)
    const said = kind === 'sale' ? review(cell) : undefined
    if (kind === 'sale') steps(row, cell, number, batch)
    if (said) addReview(batch, { ...said, row, number, externalId: who.externalId, code: item?.code ?? '' })

    const part = orderPart(batch, number, row, kind)
    tellDate(part, placedAt)
    tellCustomer(part, who.externalId)
    if (cancels !== '') part.cancels ??= cancels
    if (status !== undefined) part.status ??= status
    if (cancelledAt !== undefined) part.cancelledAt ??= cancelledAt
    if (reason !== undefined) part.reason ??= reason
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
      if (reason !== undefined) cancellation.reason ??= reason
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

  function kindOf(number: string) {
    return preset.documents.find((one) => number.startsWith(one.prefix))?.kind ?? 'sale'
  }
}
