import { lineAmount, sumOf } from '#know/orders/contract.ts'
import { isCurrency, type Minor, minorDigits } from '#platform/money.ts'
import { codeOf } from './behaviour-of.ts'
import { type Json, type Message, object, text } from './message.ts'
import { isStep, type OrderVerb, orderVerbOf } from './vocabulary.ts'

/** A line as told. `code`: of the product, where it is one. Quantity and price as plain decimals, the amount in the merchant's minor units. */
export type LineTold = {
  code?: string
  kind: string
  name?: string
  quantity: string
  unitPrice: string
  amount: Minor
}

export type OrderTold = {
  message: Message
  verb: OrderVerb
  number: string
  /** Of a sale. */
  lines: LineTold[]
  amount: Minor
  foreign?: { currency: string; amount: Minor; rate: string }
  /** Of a refund: which products, and how much money where it is told. */
  back: { code: string; quantity: string }[]
  refunded?: Minor
  /** Of a refund or a cancellation: why. */
  because?: string
  /** The refund's own number. */
  refundId?: string
  /** Of its way to the buyer. */
  parcel?: { carrier?: string; tracking?: string }
}

const mostLines = 500

/** Reads a message about an order. @returns undefined where it is about none; else the order, or why it cannot be used */
export function orderTold(
  message: Message,
  currency: string,
): OrderTold | { reason: string; subject?: string } | undefined {
  const verb = message.type === 'track' ? orderVerbOf(message.event) : undefined
  if (!verb) return undefined
  const { origin, properties } = message
  const number = text(properties.order_id, 65) ?? text(properties.orderId, 65)
  if (!number || number.length > 64) return { reason: 'order_no_number' }
  if (!origin.orders) return { reason: 'order_not_allowed', subject: number }
  if (origin.shopId === null) return { reason: 'order_no_shop', subject: number }
  if (isStep(verb)) return { message, verb, number, lines: [], amount: 0, back: [], parcel: parcelOf(properties) }
  const money = moneyOf(properties, currency)
  if (!money) return { reason: 'order_foreign', subject: number }
  const told = verb === 'completed' || verb === 'updated' ? sale(properties, money) : refund(properties, money)
  if (!told) return { reason: 'order_unreadable', subject: number }
  return { message, verb, number, ...told }
}

function parcelOf(properties: Json): OrderTold['parcel'] {
  return {
    carrier:
      text(properties.carrier, 60) ?? text(properties.tracking_company, 60) ?? text(properties.shipping_carrier, 60),
    tracking: text(properties.tracking_number, 80) ?? text(properties.trackingNumber, 80),
  }
}

type Money = { currency: string; told: string; rate?: string }

/** In which currency it is, and how that becomes the merchant's; undefined where nobody can say. */
function moneyOf(properties: Json, currency: string): Money | undefined {
  const told = text(properties.currency, 10)?.toUpperCase() ?? currency
  if (told === currency) return { currency, told }
  const rate = decimal(properties.exchange_rate, 10)
  return isCurrency(told) && rate && Number(rate) > 0 ? { currency, told, rate } : undefined
}

function sale(properties: Json, money: Money): Omit<OrderTold, 'message' | 'verb' | 'number'> | undefined {
  const products = Array.isArray(properties.products) ? properties.products : []
  if (products.length > mostLines) return undefined
  const lines: (LineTold | undefined)[] = products.map((one) => goods(object(one), money))
  lines.push(...extra('postage', properties.shipping, 1, money))
  lines.push(...extra('fee', properties.tax, 1, money))
  lines.push(...extra('discount', properties.discount, -1, money))
  if (lines.some((line) => line === undefined)) return undefined
  const known = lines as LineTold[]
  const sum = sumOf(known)
  const total = totalOf(properties, known.length > 0)
  const amount = total === undefined ? sum : lineAmount('1', total, money.currency, money.rate)
  if (sum === undefined || amount === undefined || amount < 0) return undefined
  // What the lines do not explain, so that the document comes to what was paid.
  if (amount !== sum) {
    const rest = amount - sum
    known.push({ kind: 'adjustment', quantity: '1', unitPrice: majorOf(rest, money.currency), amount: rest })
  }
  const foreign = money.rate && total !== undefined ? lineAmount('1', total, money.told) : undefined
  return {
    lines: known,
    amount,
    foreign:
      money.rate && foreign !== undefined ? { currency: money.told, amount: foreign, rate: money.rate } : undefined,
    back: [],
  }
}

/** What was paid in all. `revenue` leaves out postage and tax, so it stands for the whole only where nothing else does. */
function totalOf(properties: Json, hasLines: boolean): string | undefined {
  const total = decimal(properties.total)
  if (total !== undefined || hasLines) return total
  return decimal(properties.revenue) ?? decimal(properties.value) ?? '0'
}

function goods(product: Json, { currency, rate }: Money): LineTold | undefined {
  const code = codeOf(product)
  const name = text(product.name, 300)
  const quantity = decimal(product.quantity ?? 1, 3)
  const unitPrice = decimal(product.price ?? 0)
  if (!quantity || !unitPrice || Number(quantity) <= 0 || (!code && !name)) return undefined
  const amount = lineAmount(quantity, unitPrice, currency, rate)
  return amount === undefined ? undefined : { code, kind: 'goods', name, quantity, unitPrice, amount }
}

function extra(kind: string, told: unknown, sign: 1 | -1, { currency, rate }: Money): (LineTold | undefined)[] {
  if (told === undefined || told === null) return []
  const price = decimal(told)
  const amount = price === undefined ? undefined : lineAmount('1', price, currency, rate)
  if (price === undefined || amount === undefined) return [undefined]
  if (amount === 0) return []
  return [{ kind, quantity: '1', unitPrice: sign < 0 ? negative(price) : price, amount: sign * amount }]
}

function refund(properties: Json, money: Money): Omit<OrderTold, 'message' | 'verb' | 'number'> | undefined {
  const products = Array.isArray(properties.products) ? properties.products.slice(0, mostLines) : []
  const back = products.flatMap((one) => {
    const code = codeOf(object(one))
    const quantity = decimal(object(one).quantity ?? 1, 3)
    return code && quantity && Number(quantity) > 0 ? [{ code, quantity }] : []
  })
  const told = decimal(properties.total ?? properties.refund_amount)
  const refunded = told === undefined ? undefined : lineAmount('1', told, money.currency, money.rate)
  if (told !== undefined && (refunded === undefined || refunded < 0)) return undefined
  if (back.length < products.length) return undefined
  return {
    lines: [],
    amount: 0,
    back,
    refunded,
    refundId: text(properties.refund_id, 30),
    because: reasonOf(properties),
  }
}

/** No word of the vocabulary; shops tell it by these. What is longer than the record holds is cut. */
function reasonOf({ reason, cancel_reason, refund_reason }: Json): string | undefined {
  return [reason, refund_reason, cancel_reason].map((told) => text(told, 500)?.trim()).find(Boolean)
}

/** A number or text as a plain decimal with at most so many places; undefined for what is none or beyond what the records hold. */
function decimal(told: unknown, places = 6): string | undefined {
  const number = typeof told === 'string' && told.trim() ? Number(told) : told
  if (typeof number !== 'number' || !Number.isFinite(number) || Math.abs(number) >= 1e11) return undefined
  if (typeof told === 'string' && /^-?\d+(\.\d+)?$/.test(told.trim())) {
    const [whole = '', fraction = ''] = told.trim().split('.')
    return fraction ? `${whole}.${fraction.slice(0, places)}` : whole
  }
  return number.toFixed(places).replace(/\.?0+$/, '')
}

function negative(price: string): string {
  return price.startsWith('-') ? price.slice(1) : `-${price}`
}

function majorOf(amount: Minor, currency: string): string {
  return (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
}
