import { type Minor, minorDigits } from '#platform/money.ts'

/**
 * The pure rules of orders. An order is a document: a sale, a cancellation (negative: goods or money given back) or an
 * adjustment. A cancellation points to its sale (`cancelsId`) and, line by line where known, to the sale's lines (`cancelsLine`).
 *
 * Quantities are counted in thousandths (the grain of the database), amounts in minor units: both whole numbers.
 */
export type Thousandths = number

/**
 * What a line comes to: quantity × unit price (× rate), rounded once, half away from zero, without floating point.
 * @param quantity plain decimal; negative where given back
 * @param unitPrice plain decimal in major units, of any precision: a tenth of a penny is kept until here
 * @param currency of the result, ISO 4217
 * @param rate how much of `currency` one unit of the price's currency makes
 * @returns undefined when a text is no plain decimal or the result leaves the safe range
 * @example lineAmount('3', '0.335', 'CNY') // 101: 1.005 yuan
 */
export function lineAmount(quantity: string, unitPrice: string, currency: string, rate = '1'): Minor | undefined {
  let digits = 10n ** BigInt(minorDigits(currency))
  let places = 0
  for (const text of [quantity, unitPrice, rate]) {
    const decimal = readDecimal(text)
    if (!decimal) return undefined
    digits *= decimal.digits
    places += decimal.places
  }
  const amount = Number(divided(digits, 10n ** BigInt(places)))
  return Number.isSafeInteger(amount) ? amount : undefined
}

/** A decimal quantity of the database in thousandths. @returns undefined for more than 3 decimals or what is no decimal */
export function thousandthsOf(quantity: string | number): Thousandths | undefined {
  const decimal = readDecimal(String(quantity))
  if (!decimal) return undefined
  const digits = decimal.digits * 1000n
  const scale = 10n ** BigInt(decimal.places)
  const whole = Number(digits / scale)
  return digits % scale === 0n && Number.isSafeInteger(whole) ? whole : undefined
}

/** Thousandths as the decimal text that the database takes. */
export function quantityOf(thousandths: Thousandths): string {
  const text = String(Math.abs(thousandths)).padStart(4, '0')
  const body = `${text.slice(0, -3)}.${text.slice(-3)}`.replace(/\.?0+$/, '')
  return thousandths < 0 ? `-${body}` : body
}

/** An order's amount is the sum of its lines. @returns undefined when it leaves the safe range */
export function sumOf(lines: readonly { amount: Minor }[]): Minor | undefined {
  const sum = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n)
  return sum > -(2n ** 53n) && sum < 2n ** 53n ? Number(sum) : undefined
}

/** `part / whole` of an amount, rounded half away from zero. */
export function portionOf(amount: Minor, part: number, whole: number): Minor {
  return Number(divided(BigInt(amount) * BigInt(part), BigInt(whole)))
}

function readDecimal(text: string): { digits: bigint; places: number } | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (!match || (!match[2] && !match[3])) return undefined
  const fraction = match[3] ?? ''
  const digits = BigInt(`${match[2]}${fraction}`)
  return { digits: match[1] === '-' ? -digits : digits, places: fraction.length }
}

/** Division of whole numbers, rounded half away from zero. */
function divided(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const one = dividend < 0n ? -dividend : dividend
  const other = divisor < 0n ? -divisor : divisor
  const quotient = (one * 2n + other) / (other * 2n)
  return negative ? -quotient : quotient
}
