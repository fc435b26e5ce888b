import { minorDigits } from '#platform/money.ts'
import type { Locale } from '../session.ts'

const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = numbers.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, options)
    numbers.set(key, format)
  }
  return format
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = dates.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options)
    dates.set(key, format)
  }
  return format
}

/** An amount of minor units for people: ¥1,234.50. `round` leaves the decimals out, for large sums. */
export function moneyText(locale: Locale, currency: string, minor: number, round = false): string {
  const digits = minorDigits(currency)
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
  if (round) options.maximumFractionDigits = 0
  return numberFormat(locale, options).format(minor / 10 ** digits)
}

/** A whole number, or one with `digits` decimals. */
export function countText(locale: Locale, value: number, digits = 0): string {
  return numberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value)
}

/** How many of a thing, with as many decimals as there are, at most 3. */
export function quantityText(locale: Locale, value: number): string {
  return numberFormat(locale, { maximumFractionDigits: 3 }).format(value)
}

/** A short number for an axis: 12K, 1.2万. */
export function shortText(locale: Locale, value: number): string {
  return numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** A ratio as a percentage: 0.654 is 65.4%. */
export function shareText(locale: Locale, ratio: number, digits = 1): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio)
}

/** A shop day, `YYYY-MM-DD`: 2026年3月1日. A day has no zone, so it is read and shown as UTC. */
export function dayText(locale: Locale, day: string, style: 'medium' | 'short' | 'month' = 'medium'): string {
  const options: Record<typeof style, Intl.DateTimeFormatOptions> = {
    medium: { year: 'numeric', month: 'short', day: 'numeric' },
    short: { month: 'short', day: 'numeric' },
    month: { year: 'numeric', month: 'short' },
  }
  return dateFormat(locale, { ...options[style], timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

/** An instant in the shop's zone, to the minute. */
export function instantText(locale: Locale, zone: string, instant: string): string {
  return dateFormat(locale, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(
    new Date(instant),
  )
}

/** `3 minutes ago` for what is younger than a day, else undefined. @param nowMs the browser's clock */
export function recentText(locale: Locale, instant: string, nowMs: number): string | undefined {
  const seconds = Math.round((nowMs - Date.parse(instant)) / 1000)
  if (seconds < -60 || seconds >= 86_400) return undefined
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (seconds < 60) return relative.format(0, 'second')
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
  return relative.format(-Math.floor(seconds / 3600), 'hour')
}

/** A length of time for a progress line: 1 min 20 s. */
export function durationText(locale: Locale, seconds: number): string {
  const unit = (value: number, unit: string) =>
    numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return unit(whole, 'second')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60)
    return `${unit(minutes, 'minute')}${whole % 60 && minutes < 5 ? ` ${unit(whole % 60, 'second')}` : ''}`
  return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in bytes for people: 45.6 MB. Powers of 1,000, as file managers show them. */
export function sizeText(locale: Locale, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return numberFormat(locale, {
    style: 'unit',
    unit: sizes[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 0 && value < 100 ? 1 : 0,
  }).format(value)
}
