const builtInDates = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const
const latestDay = 2_958_466

/** Whether a number format shows a date or a time. `code` is given for formats that the workbook defines itself. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.some(([from, to]) => id >= from && id <= to)
  // Texts, escaped characters, colours and countries say nothing; [h] counts hours, which is a length, not a date.
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/s\.0+/gi, 's')
  return /[ymdhs]/i.test(bare) && !/[0#?]|general|standard/i.test(bare)
}

/**
 * A spreadsheet's day number as `2026-01-31T09:30:00`, a time of day alone as `09:30:00`, without a zone: it is what
 * the person typed. Rounded to the second. Undefined where the number is no date.
 */
export function dateText(serial: number, since1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < latestDay)) return undefined
  const seconds = Math.round(serial * 86_400)
  if (serial < 1 && !since1904) return seconds < 86_400 ? isoOf(seconds * 1000).slice(11) : undefined
  // Excel believes in 29 February 1900 (day 60): days before it lie one later.
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  return isoOf(epoch + seconds * 1000)
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19)
}

/** An ISO date in a cell of its own kind, with the zone and the fraction off. */
export function plainIsoText(text: string): string {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?))?/.exec(text)
  if (!found) return text
  const time = found[2] ?? '00:00'
  return `${found[1]}T${time.length === 5 ? `${time}:00` : time}`
}

/**
 * A number as a person sees it: the 15 digits that spreadsheets keep ("0.30000000000000004" is 0.3). A whole number
 * with more has lost its end, or may have: it becomes `2.01234567890123E+18`, which `isRuinedNumber` tells.
 */
export function numberText(raw: string): string {
  if (raw.length <= 15 && /^-?\d+(?:\.\d+)?$/.test(raw)) return raw
  const value = Number(raw)
  if (!Number.isFinite(value) || raw.trim() === '') return raw
  if (Math.abs(value) >= 1e15) return value.toExponential(14).replace(/\.?0*e/, 'E')
  return String(Number(value.toPrecision(15)))
}

/** Characters that XML cannot hold are written `_x0001_` in a workbook. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** The zero-based column of a cell's address ("AB12" is 27), -1 where there is none. */
export function columnOf(address: string): number {
  let column = 0
  for (let at = 0; at < address.length; at++) {
    const letter = address.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}
