/** Money is a whole number of minor units (cents, fen, yen) in the merchant's one currency. */
export type Minor = number

const digits = new Map<string, number>()

/** How many decimals a currency's minor unit has: CNY 2, JPY 0, KWD 3. Throws RangeError on an unknown form of code. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency)
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    digits.set(currency, known)
  }
  return known
}

/** Whether the runtime knows a currency by this ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code)
}

/**
 * Minor units of a decimal text, rounded half away from zero, without floating point.
 * @returns undefined when the text is not a plain decimal or leaves the safe range
 */
export function toMinor(decimal: string, currency: string): Minor | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(decimal)
  if (!match || (!match[2] && !match[3])) return undefined
  const places = minorDigits(currency)
  const fraction = (match[3] ?? '').padEnd(places + 1, '0')
  const whole = Number(`${match[2] || '0'}${fraction.slice(0, places)}`) + (fraction.charCodeAt(places) >= 53 ? 1 : 0)
  if (!Number.isSafeInteger(whole)) return undefined
  return match[1] === '-' ? -whole || 0 : whole
}

/** The plain decimal text of an amount, as `12.30`; for files and the command line, not for screens. */
export function fromMinor(amount: Minor, currency: string): string {
  const places = minorDigits(currency)
  const text = String(Math.abs(amount)).padStart(places + 1, '0')
  const body = places ? `${text.slice(0, -places)}.${text.slice(-places)}` : text
  return amount < 0 ? `-${body}` : body
}
