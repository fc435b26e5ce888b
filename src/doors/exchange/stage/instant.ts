import { instantIn, isDay } from '#platform/days.ts'
import type { Preset } from '../preset.ts'

const yearFirst = /^(\d{4})(?:[-/.]|年\s*)(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})日?(?:[T\s,]+(.+))?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?$/
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s,]+(.+))?$/
const named = /^(\d{1,2})[-\s]([A-Za-z]{3,9})[-\s,]+(\d{4})(?:[T\s,]+(.+))?$/
const clock =
  /^(上午|下午)?\s*(\d{1,2})[:时点](\d{2})(?:[:分](\d{2})(?:[.,]\d+)?秒?)?分?\s*(AM|PM|上午|下午)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export type InstantProblem = 'bad' | 'two'

/**
 * Reads dates as files write them, each as the instant in ISO 8601. A date without a zone is in the preset's. One with the year
 * last that could be two days (03/04/2011) is `two` unless the preset says which order; never guessed.
 * The last 10,000 texts are remembered: lines of an order share their date.
 */
export function instantReader(preset: Pick<Preset, 'zone' | 'dates'>): (text: string) => string | InstantProblem {
  const known = new Map<string, string | InstantProblem>()
  let last = ''
  let lastAnswer: string | InstantProblem = 'bad'
  return (text) => {
    if (text === last) return lastAnswer
    let answer = known.get(text)
    if (answer === undefined) {
      answer = read(text.normalize('NFKC').trim(), preset)
      if (known.size >= 10_000) known.clear()
      // A copy: cells are views of a large piece of the file, which the memory of one would hold.
      known.set(Buffer.from(text, 'utf16le').toString('utf16le'), answer)
    }
    last = text
    lastAnswer = answer
    return answer
  }
}

function read(text: string, { zone, dates }: Pick<Preset, 'zone' | 'dates'>): string | InstantProblem {
  const packed = compact.exec(text)
  if (packed) {
    const [, year, month, day, hour, minute, second] = packed
    return instant(zone, `${year}-${month}-${day}`, hour ? `${hour}:${minute}:${second ?? '00'}` : undefined)
  }
  const first = yearFirst.exec(text)
  if (first) return instant(zone, dayText(first[1]!, first[2]!, first[3]!), first[4])
  const word = named.exec(text)
  if (word) {
    const month = months.indexOf(word[2]!.slice(0, 3).toLowerCase()) + 1
    return month ? instant(zone, dayText(word[3]!, String(month), word[1]!), word[4]) : 'bad'
  }
  const last = yearLast.exec(text)
  if (!last) return 'bad'
  const [, one, two, year, time] = last
  const dayFirst = instant(zone, dayText(year!, two!, one!), time)
  const monthFirst = instant(zone, dayText(year!, one!, two!), time)
  if (dates === 'day-first') return dayFirst
  if (dates === 'month-first') return monthFirst
  if (dayFirst === 'bad' || dayFirst === monthFirst) return monthFirst
  return monthFirst === 'bad' ? dayFirst : 'two'
}

function dayText(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function instant(zone: string, day: string, time: string | undefined): string | 'bad' {
  if (!isDay(day)) return 'bad'
  if (!time) return instantIn(zone, day).toISOString()
  const match = clock.exec(time.trim())
  if (!match) return 'bad'
  const [, before, hourText, minute, second, after, offset] = match
  let hour = Number(hourText)
  const half = (before ?? after ?? '').toUpperCase()
  if (half) hour = (hour % 12) + (half === 'PM' || half === '下午' ? 12 : 0)
  if (hour > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return 'bad'
  const wall = `${day}T${String(hour).padStart(2, '0')}:${minute}:${second ?? '00'}`
  if (!offset) return instantIn(zone, wall).toISOString()
  const shift = /^[+-]/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(-2)}` : 'Z'
  return new Date(`${wall}${shift}`).toISOString()
}
