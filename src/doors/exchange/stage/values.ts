import { isRuinedNumber } from '#platform/files/index.ts'
import type { OrderStatus, Preset, Target } from '../preset.ts'
import type { Cells } from './cells.ts'
import { type Decimal, minorOf, one, readDecimal } from './decimal.ts'
import { instantReader } from './instant.ts'
import { RowProblem } from './problem.ts'

/** Largest amount in minor units: a price of it still fits its column. */
export const mostMinor = 9e13

export type Values = ReturnType<typeof valuesOf>

/** How cells become values. What cannot be read throws a RowProblem that names the column and the value. */
export function valuesOf(preset: Preset, cells: Cells, currency: string) {
  const instantOf = instantReader(preset)
  const number = decimalReader(cells)
  const statuses = new Map(Object.entries(preset.statuses).map(([word, status]) => [word.toLowerCase(), status]))
  const asksStatus = statuses.size > 0 && cells.has('order.status')

  return { identifier, instant, rateOf, statusOf, money, number, words, problem }

  function identifier(cell: string[], target: Target): string {
    const text = cells.text(cell, target)
    if ((text.includes('E') || text.includes('e')) && isRuinedNumber(text))
      throw problem('exchange.ruined_number', target, text)
    if (text.length > 100) throw problem('exchange.too_long', target, text, { allowed: 100 })
    return text
  }

  function words(cell: string[], target: Target, longest: number): string | undefined {
    const text = cells.text(cell, target)
    if (text.length > longest) throw problem('exchange.too_long', target, text, { allowed: longest })
    return text === '' ? undefined : text.toWellFormed()
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
      // Without a column for it the currency is the preset's own: then the amount is what is foreign.
      const column = (['order.currency', 'line.unitPrice', 'line.amount'] as const).find(cells.has) ?? 'order.currency'
      throw problem('exchange.foreign_currency', column, cells.text(cell, 'order.currency') || own, { currency })
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
    const amount = minorOf(currency, number(text, target, own), rate)
    if (amount === undefined || Math.abs(amount) > mostMinor) throw problem('exchange.bad_number', target, text)
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
