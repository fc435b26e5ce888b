import { minorDigits } from '#platform/money.ts'

/** An exact decimal: `units` / 10^`scale`. */
export type Decimal = {
  units: bigint
  /** The same, exact below 2^53: most are, and reckon ten times faster. */
  number: number
  scale: number
  text: string
}

export const one: Decimal = { units: 1n, number: 1, scale: 0, text: '1' }

const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

const signs: Record<string, readonly string[]> = {
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'TWD', 'HKD'],
  圆: ['CNY', 'JPY'],
  円: ['JPY'],
  '£': ['GBP'],
  '€': ['EUR'],
  NT$: ['TWD'],
  HK$: ['HKD'],
  US$: ['USD'],
  RMB: ['CNY'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN'],
}
const sign = /NT\$|HK\$|US\$|RMB|[¥元圆円£€$]|[A-Z]{3}/g
const plain = /^-?\d{1,15}(\.\d{1,15})?$/
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * A decimal as shops write it: `1,234.50`, `¥12`, `12.5元`, `(3.00)` for a negative, full-width digits. A comma that could be a
 * decimal point (`12,5`) is not guessed.
 * @param currency the sign of another one makes it `foreign`
 */
export function readDecimal(raw: string, currency: string): Decimal | 'bad' | 'foreign' {
  if (plain.test(raw)) return exact(raw)
  let text = raw.normalize('NFKC').trim()
  let foreign = false
  text = text.replace(sign, (found) => {
    if (found !== currency && !signs[found]?.includes(currency)) foreign = true
    return ''
  })
  text = text.replace(/[\s'’]/g, '').replace('−', '-')
  const brackets = /^\((.+)\)$/.exec(text)
  if (brackets) text = `-${brackets[1]}`
  if (grouped.test(text)) text = text.replaceAll(',', '')
  const match = decimal.exec(text)
  if (!match || (!match[2] && !match[3]) || text.length > 40) return 'bad'
  if (foreign) return 'foreign'
  return exact(`${match[1] === '-' ? '-' : ''}${match[2] || '0'}${match[3] ? `.${match[3]}` : ''}`)
}

/** Beyond 6 decimals a spreadsheet shows its own arithmetic (2.5500000000000003), not a price: rounded there. */
function exact(text: string): Decimal {
  const point = text.indexOf('.')
  if (point === -1) return decimalOf(BigInt(text), 0, text)
  const places = text.length - point - 1
  const units = BigInt(text.slice(0, point) + text.slice(point + 1))
  if (places <= 6) return decimalOf(units, places, text)
  const rounded = roundedTo(units, places, 6)
  return decimalOf(rounded, 6, textOf(rounded, 6))
}

function decimalOf(units: bigint, scale: number, text: string): Decimal {
  return { units, number: Number(units), scale, text }
}

/** Minor units of `quantity × price × rate`, rounded half away from zero. @returns undefined beyond the safe range */
export function minorOf(currency: string, one: Decimal, two?: Decimal, three?: Decimal): number | undefined {
  const scale = one.scale + (two?.scale ?? 0) + (three?.scale ?? 0)
  const product = one.number * (two?.number ?? 1) * (three?.number ?? 1)
  const places = minorDigits(currency)
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER / 1000 && scale <= places + 9) {
    if (scale <= places) return product * powers[places - scale]!
    const divisor = powers[scale - places]!
    const size = Math.abs(product)
    const rest = size % divisor
    const whole = (size - rest) / divisor + (rest * 2 >= divisor ? 1 : 0)
    return product < 0 ? -whole || 0 : whole
  }
  const units = one.units * (two?.units ?? 1n) * (three?.units ?? 1n)
  const value = Number(roundedTo(units, scale, places))
  return Number.isSafeInteger(value) ? value : undefined
}

/** Decimal text of minor units divided by a quantity, to 6 places: the price of one where only the whole is told. */
export function priceOfOne(amount: number, quantity: Decimal, currency: string): string {
  if (quantity.units === 0n) return textOf(BigInt(amount) * 10n ** BigInt(6 - minorDigits(currency)), 6)
  const scaled = BigInt(amount) * 10n ** BigInt(9 - minorDigits(currency) + quantity.scale)
  return textOf(roundedTo(scaled / quantity.units, 9, 6), 6)
}

function roundedTo(units: bigint, scale: number, places: number): bigint {
  if (scale <= places) return units * 10n ** BigInt(places - scale)
  const divisor = 10n ** BigInt(scale - places)
  const half = divisor / 2n
  return units < 0n ? -((-units + half) / divisor) : (units + half) / divisor
}

function textOf(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
