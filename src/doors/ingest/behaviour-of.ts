import type { Behaviour } from '#know/behaviour/index.ts'
import { toMinor } from '#platform/money.ts'
import { type Json, type Message, object, text } from './message.ts'
import { kindOf } from './vocabulary.ts'

/** In a list or a cart; what is beyond is not kept. */
const mostProducts = 100
const mostProperties = 8_000

/** What a message says that its person did. @param currency of the merchant: amounts of another are left in the properties */
export function behaviourOf(message: Message, profileId: number, currency: string): Behaviour {
  const { origin, type, event, at, receivedAt, properties, context } = message
  const kind = type === 'track' ? kindOf(event) : type === 'group' ? 'grouped' : 'page'
  const page = object(context.page)
  return {
    profileId,
    at,
    receivedAt,
    sourceId: origin.sourceId,
    shopId: origin.shopId ?? undefined,
    kind,
    event: event || type,
    products: productsOf(properties),
    quantity: finite(properties.quantity),
    amount: amountOf(properties, currency),
    text: textOf(message),
    path: pathOf(
      text(properties.path, 500) ?? text(page.path, 500) ?? text(properties.url, 1000) ?? text(page.url, 1000),
    ),
    referrer: hostOf(text(properties.referrer, 1000) ?? text(page.referrer, 1000)),
    campaign: campaignOf(object(context.campaign)),
    properties: jsonOf(properties),
  }
}

/** Codes of the products that properties name: of one, or of a list. */
export function productsOf(properties: Json): string[] {
  const own = codeOf(properties)
  if (own) return [own]
  if (!Array.isArray(properties.products)) return []
  return properties.products.slice(0, mostProducts).flatMap((one) => codeOf(object(one)) ?? [])
}

/** A product's code: the shop's own number before the platform's. */
export function codeOf(product: Json): string | undefined {
  return text(product.sku, 100) ?? text(product.product_id, 100) ?? text(product.productId, 100)
}

function amountOf(properties: Json, currency: string): number | undefined {
  const told = text(properties.currency, 10)
  if (told && told.toUpperCase() !== currency) return undefined
  const value = properties.value ?? properties.total ?? properties.revenue ?? properties.price
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  return toMinor(String(value), currency)
}

function textOf({ type, properties, context, raw }: Message): string | undefined {
  if (type === 'group') return text(raw.groupId, 128)
  return (
    text(properties.query, 300) ??
    text(properties.coupon, 100) ??
    text(properties.coupon_name, 100) ??
    text(properties.question, 300) ??
    text(properties.title, 300) ??
    text(properties.name, 300) ??
    text(object(context.page).title, 300)
  )
}

/** An address without its query, which may hold anything. */
function pathOf(address: string | undefined): string | undefined {
  return address?.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '') || undefined
}

/** Of the pages that lead here: few, and each leads many here. */
const mostHosts = 2_000
const hosts = new Map<string, string | undefined>()

function hostOf(address: string | undefined): string | undefined {
  if (!address || hosts.has(address)) return address && hosts.get(address)
  if (hosts.size >= mostHosts) hosts.clear()
  const host = URL.parse(address)?.host
  hosts.set(address, host)
  return host
}

function campaignOf({ name, source, medium }: Json): string | undefined {
  const parts = [name, source, medium].map((part) => text(part, 100) ?? '')
  return parts.some(Boolean) ? parts.join(' / ') : undefined
}

function finite(told: unknown): number | undefined {
  const number = typeof told === 'string' ? Number(told) : told
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function jsonOf(properties: Json): string | undefined {
  const json = JSON.stringify(properties)
  return json === '{}' || json.length > mostProperties ? undefined : json
}
