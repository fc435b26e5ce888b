import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import { birthdaysOn, type Kept, runsOf } from './birthdays.ts'
import { rangeSql } from './range-sql.ts'

type Ends = { from?: number; to?: number }

/** Whose birthday is one of those, over a source; unknown where month or day is not known. */
export function birthdaySql(on: Day, passes: (one: Kept) => boolean, bindings: Bindings): string {
  return `if(birth_code = 0, NULL, ${isOne(on, passes, bindings)})`
}

function isOne(on: Day, passes: (one: Kept) => boolean, { bind }: Bindings): string {
  const runs = runsOf(birthdaysOn(on), passes)
  if (runs.length === 0) return '0'
  const code = (value: number) => bind(value, 'UInt16')
  return `(${runs.map(([from, to]) => (from === to ? `birth_code = ${code(from)}` : `birth_code BETWEEN ${code(from)} AND ${code(to)}`)).join(' OR ')})`
}

/**
 * How old people are on a day: years since, and one less for each year in which the birthday has not come. Of a year alone both ages are
 * tried: unknown where they differ.
 */
export function ageSql(on: Day, ends: Ends, bindings: Bindings): string {
  const number = (value: number) => bindings.bind(value, 'Int32')
  const younger = rangeSql(`${yearsSince(on, bindings)} - 1`, ends, number)
  const older = rangeSql(yearsSince(on, bindings), ends, number)
  return `multiIf(birth_year = 0, NULL, birth_code > 0, ${rangeSql(ageOn(on, bindings), ends, number)}, ${younger} = ${older}, ${older}, NULL)`
}

/** The age as text: of a year alone both that it may be. */
export function ageValue(on: Day, bindings: Bindings): string {
  const years = yearsSince(on, bindings)
  return `multiIf(birth_year = 0, NULL, birth_code > 0, toString(${ageOn(on, bindings)}), concat(toString(${years} - 1), '–', toString(${years})))`
}

function yearsSince(on: Day, { bind }: Bindings): string {
  return `(${bind(Number(on.slice(0, 4)), 'Int32')} - toInt32(birth_year))`
}

function ageOn(on: Day, bindings: Bindings): string {
  const year = Number(on.slice(0, 4))
  // The moon's year begins up to two months after the sun's, so in January a birthday may be two numbers behind.
  const behind = [1, 2].map((by) => isOne(on, ({ lastYear }) => lastYear <= year - by, bindings))
  return `(${[yearsSince(on, bindings), ...behind].join(' - ')})`
}

/** Days to the next birthday, as text; null where it is not known. */
export function daysToBirthdayValue(on: Day, { bind }: Bindings): string {
  const all = birthdaysOn(on)
  const codes = bind(codesOf(all), 'Array(UInt16)')
  const ahead = bind(
    all.map(({ inDays }) => inDays),
    'Array(UInt16)',
  )
  return `if(birth_code = 0, NULL, toString(transform(birth_code, ${codes}, ${ahead}, toUInt16(0))))`
}

/** The day of the last birthday, the day of the question included, over a source. Only where `birth_code` is known. */
export function lastBirthday(on: Day, { bindOnce }: Bindings): string {
  const all = birthdaysOn(on)
  const codes = bindOnce(`codes ${on}`, () => codesOf(all), 'Array(UInt16)')
  const lasts = bindOnce(`last birthdays ${on}`, () => all.map(({ last }) => last), 'Array(Date)')
  return `transform(birth_code, ${codes}, ${lasts}, toDate('1970-01-01'))`
}

const codesOf = (all: readonly Kept[]) => all.map(({ code }) => code)

/**
 * Days to the next anniversary of a day of a source: the first that is a year and more after it. Unknown where there is no such day; what
 * was that very day has its first in a year.
 */
export function anniversarySql(column: string, on: Day, ends: Ends, bindings: Bindings): string {
  const { bind } = bindings
  const number = (value: number) => bind(value, 'Int32')
  const solar = birthdaysOn(on).filter(({ code }) => code < 2000)
  const passes = ({ inDays }: Kept) =>
    (ends.from === undefined || inDays >= ends.from) && (ends.to === undefined || inDays <= ends.to)
  const day = `toMonth(${column}) * 100 + toDayOfMonth(${column})`
  const runs = runsOf(solar, passes).map(([from, to]) => `${day} BETWEEN ${number(from)} AND ${number(to)}`)
  return `multiIf(isNull(${column}), NULL, ${column} >= ${bind(on, 'Date')}, ${rangeSql(firstSql(column, on, bindings), ends, number)}, ${runs.length > 0 ? runs.join(' OR ') : '0'})`
}

/** The first one of a day that is not over, in days. */
function firstSql(column: string, on: Day, { bind }: Bindings): string {
  return `(toInt32(toDate32(addYears(toDate32(assumeNotNull(${column})), 1))) - toInt32(toDate32(${bind(on, 'Date')})))`
}

/** The same, as text. */
export function anniversaryValue(column: string, on: Day, bindings: Bindings): string {
  const { bind } = bindings
  const solar = birthdaysOn(on).filter(({ code }) => code < 2000)
  const codes = bind(codesOf(solar), 'Array(UInt16)')
  const ahead = bind(
    solar.map(({ inDays }) => inDays),
    'Array(UInt16)',
  )
  const day = `toUInt16(toMonth(assumeNotNull(${column})) * 100 + toDayOfMonth(assumeNotNull(${column})))`
  return `multiIf(isNull(${column}), NULL, ${column} >= ${bind(on, 'Date')}, toString(${firstSql(column, on, bindings)}), toString(transform(${day}, ${codes}, ${ahead}, toUInt16(0))))`
}
