// The characters that make a spreadsheet run a cell as a formula, in both widths.
const startsFormula = /^'*[=+\-@\t\r\n＝＋－＠]/
const guarded = /^'+[\d=+\-@\t\r\n＝＋－＠]/
const asText = /^="((?:[^"]|"")*)"$/
const failed = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/
const ruined = /^[+-]?\d(?:[.,]\d*)?E\+\d{2,3}$|^[+-]?\d[.,]\d+E\d{2,3}$/i

/**
 * A number that a spreadsheet has cut to some digits ("2.01E+18"): the rest of an order number or a phone is lost.
 * The text alone is looked at; whether the column may hold such a number is for the caller to know.
 */
export function isRuinedNumber(text: string): boolean {
  return ruined.test(text.trim())
}

/** A cell in which the spreadsheet shows that its formula failed ("#N/A"). Also for the caller to judge by column. */
export function isFailedFormula(text: string): boolean {
  return failed.test(text)
}

/** Puts `'` before what a spreadsheet would run, and before what `stripGuard` would otherwise shorten. */
export function guard(value: string): string {
  return startsFormula.test(value) || guarded.test(value) ? `'${value}` : value
}

/** Takes one `'` off that stands before a digit or a formula. `stripGuard(guard(x))` is x. */
export function stripGuard(value: string): string {
  return guarded.test(value) ? value.slice(1) : value
}

/** What a person sees in the cell: `="123"` is 123, and `'123` is 123. Never both, or a round trip would lose. */
export function unwrapped(cell: string): string {
  const first = cell.charCodeAt(0)
  if (first === 39) return stripGuard(cell)
  if (first !== 61) return cell
  const text = asText.exec(cell)
  return text ? text[1]!.replaceAll('""', '"') : cell
}

/** The letters a spreadsheet shows above a column; the first is 0. */
export function columnLetter(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26))
  return index < 26 ? rest : columnLetter(Math.floor(index / 26) - 1) + rest
}
