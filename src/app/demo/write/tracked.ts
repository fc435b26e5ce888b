import type { Touch } from '#know/arrivals/index.ts'
import { type Chance, draw } from '../life/chance.ts'
import type { Deed } from '../life/deeds.ts'
import { numberOf } from '../people/person.ts'
import type { Good } from '../shop/goods.ts'
import { merchant, type Outlet } from '../shop/houses.ts'

/** A message as Segment's clients send it, without whose it is, when, and its name. */
export type Tracked = {
  type: 'track' | 'page' | 'identify'
  event?: string
  name?: string
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** How a page, a mini program or a till tells of a deed. */
export function trackedOf(deed: Deed, outlet: Outlet): Tracked {
  const { event, good, count, words = '' } = deed
  if (event === 'Signed In') return { type: 'identify' }
  if (event === 'Page') return pageOf(outlet, words)
  return { type: 'track', event, properties: propertiesOf(deed, good, count, words) }
}

function propertiesOf(
  { event, stars, lines, amount, of }: Deed,
  good: Good | undefined,
  count: number | undefined,
  words: string,
) {
  if (event === 'Products Searched') return { query: words }
  if (event === 'Product List Viewed') return { category: words, path: '/tea' }
  if (event === 'Coupon Applied') return { coupon: words }
  if (event === 'Staff Asked') return { question: words }
  if (event === 'Product Reviewed') {
    const { order, index } = of!
    return { ...named(good!), rating: stars, review_body: words, review_id: `${order}-${index}`, order_id: order }
  }
  if (event === 'Checkout Started') {
    const products = lines!.map((line) => ({
      sku: line.good.code,
      price: line.good.price / 100,
      quantity: line.thousandths / 1000,
    }))
    return { value: amount! / 100, currency: merchant.currency, products }
  }
  if (!good) return {}
  return {
    ...named(good),
    price: good.price / 100,
    currency: merchant.currency,
    ...(count !== undefined && { quantity: count }),
  }
}

function named({ code, name, category }: Good) {
  return { sku: code, name, category }
}

/** Where somebody came from, by the word that the simulator has for it. */
const origins: Record<string, { referrer?: string; campaign?: Record<string, string> }> = {
  xhs: {
    referrer: 'https://www.xiaohongshu.example/',
    campaign: { name: '春茶种草', source: 'xiaohongshu', medium: 'post' },
  },
  search: { referrer: 'https://www.baidu.com/' },
  wechat: { campaign: { name: '公众号推文', source: 'wechat', medium: 'article' } },
  friend: { referrer: 'https://friends.example/' },
}

/** What a page says of where somebody came from, as the tracking door reads it. */
export function touchOf({ event, words = '' }: Deed): Omit<Touch, 'profileId' | 'at'> | undefined {
  const origin = event === 'Page' ? origins[words] : undefined
  if (!origin) return undefined
  const { referrer, campaign } = origin
  return {
    referrer: referrer && new URL(referrer).hostname,
    campaign: campaign?.name,
    source: campaign?.source,
    medium: campaign?.medium,
  }
}

/** What a review says, as the tracking door reads it. */
export function reviewOf({ event, stars, words, of, good }: Deed) {
  if (event !== 'Product Reviewed' || !of) return undefined
  return { externalId: `${of.order}-${of.index}`, orderNumber: of.order, code: good!.code, rating: stars!, words }
}

function pageOf({ shop }: Outlet, words: string): Tracked {
  const { referrer, campaign } = origins[words] ?? {}
  return {
    type: 'page',
    name: '首页',
    properties: { path: '/', title: shop.name, ...(referrer && { referrer }) },
    ...(campaign && { context: { campaign } }),
  }
}

/** The id of the browser on which somebody looked before signing in: from it the customer can be told again. */
export function browserOf(chance: Chance): string {
  const tail = Math.floor(draw(chance, 'browser', 0, 99) * 0x10000)
  return `br-${numberOf(chance.key)}-${tail.toString(16).padStart(4, '0')}`
}

/** The number of the customer whose browser a profile is; nothing for other profiles. */
export function numberOfBrowser(externalId: string): string | undefined {
  return /^anonymous:br-(\d{9})-[0-9a-f]{4}$/.exec(externalId)?.[1]
}
