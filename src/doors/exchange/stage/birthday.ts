import { type Birthday, birthdayObjection, birthYears } from '#know/customers/contract.ts'
import type { Preset } from '../preset.ts'

const lunar = /^(?:农历|農曆|阴历|陰曆|旧历|lunar)\s*/i
const chinese = /^(?:(\d{4})[-/.年]\s*)?(闰|閏)?(\d{1,2})[-/.月]\s*(\d{1,2})[日号號]?$/
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/

/**
 * A birthday as files write it: with or without a year, by the sun or, where it says so (农历八月初三 in digits: 农历8-3), by the moon.
 * A time of day behind it, as spreadsheets add, is dropped.
 * @returns the message key of what is wrong
 */
export function birthdayOf(
  raw: string,
  dates: Preset['dates'],
): Birthday | 'exchange.bad_birthday' | 'exchange.two_dates' {
  let text = raw
    .normalize('NFKC')
    .trim()
    .replace(/[T\s]00:00(:00)?(\.0+)?$/, '')
  const calendar = lunar.test(text) ? 'lunar' : 'solar'
  text = text.replace(lunar, '')
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (packed) text = `${packed[1]}-${packed[2]}-${packed[3]}`
  let year: number | undefined
  let month: number
  let day: number
  let leap = false
  const match = chinese.exec(text)
  if (match) {
    year = match[1] ? Number(match[1]) : undefined
    leap = Boolean(match[2])
    month = Number(match[3])
    day = Number(match[4])
  } else {
    const last = yearLast.exec(text)
    if (!last) return 'exchange.bad_birthday'
    const one = Number(last[1])
    const two = Number(last[2])
    if (dates === 'year-first' && one <= 12 && two <= 12 && one !== two) return 'exchange.two_dates'
    const dayFirst = dates === 'day-first' || (dates === 'year-first' && one > 12)
    year = Number(last[3])
    month = dayFirst ? two : one
    day = dayFirst ? one : two
  }
  if (month < 1 || month > 12 || day < 1 || day > 31) return 'exchange.bad_birthday'
  if (year !== undefined && (year < birthYears.first || year > birthYears.last)) return 'exchange.bad_birthday'
  const birthday: Birthday = {
    calendar,
    ...(year ? { year } : {}),
    month,
    ...(leap ? { leap } : {}),
    day,
  }
  return birthdayObjection(birthday) ? 'exchange.bad_birthday' : birthday
}
