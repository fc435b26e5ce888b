import { numberWritten } from './written.ts'

/** A reader's language: its messages, and how it writes money and days. */
export type Speech = {
  locale: string
  currency: string
  say(key: string, params?: Record<string, string | number>): string
}

export type Ends = { from?: string; to?: string }

export function numbers({ say }: Speech, { from, to }: Ends): string {
  if (from !== undefined && to !== undefined)
    return from === to ? say('query.exactly', { from }) : say('query.between', { from, to })
  if (from !== undefined) return say('query.at_least', { from })
  return to === undefined ? say('query.whatever') : say('query.at_most', { to })
}

/** Days ahead of the day of the question. */
export function ahead({ say }: Speech, { atLeast: from, atMost: to }: { atLeast?: number; atMost?: number }): string {
  if (from !== undefined && to !== undefined && from > 0) {
    return from === to ? say('query.ahead.in', { days: to }) : say('query.ahead.between', { from, to })
  }
  if (to !== undefined) return to === 0 ? say('query.ahead.today') : say('query.ahead.within', { days: to })
  return from === undefined ? say('query.whatever') : say('query.ahead.from', { days: from })
}

export function monthSaid({ locale }: Speech, month: number): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1))
}

export function days(speech: Speech, { from, to }: Ends): string {
  const { say } = speech
  if (from && to) {
    return from === to
      ? say('query.on', { from: date(speech, from) })
      : say('query.between', { from: date(speech, from), to: date(speech, to) })
  }
  if (from) return say('query.since', { from: date(speech, from) })
  return to ? say('query.until', { to: date(speech, to) }) : say('query.whatever')
}

function date({ locale }: Speech, day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
}

export function amount({ locale, currency }: Speech, minor: number, digits: number): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  })
  return format.format(numberWritten(minor, digits) as Intl.StringNumericLiteral)
}

export function figures({ locale }: Speech, value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value)
}

export function or({ locale }: Speech, list: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(list)
}
