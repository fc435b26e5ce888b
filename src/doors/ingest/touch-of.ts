import type { Touch } from '#know/arrivals/index.ts'
import { type Message, object, text } from './message.ts'

/**
 * What a message says of where its person came from: the page before, where it is not one of the same shop, and the campaign, as
 * `context.campaign` or in the address. Undefined where it says nothing.
 */
export function touchOf({ at, context, properties, type }: Message, profileId: number): Touch | undefined {
  const page = object(context.page)
  const address = URL.parse(text(properties.url, 1000) ?? text(page.url, 1000) ?? '')
  const { name, source, medium } = object(context.campaign)
  const query = new URLSearchParams(text(page.search, 1000) ?? address?.search ?? '')
  const touch = {
    referrer: foreign(text(properties.referrer, 1000) ?? text(page.referrer, 1000), address?.host),
    campaign: text(name, 120) ?? text(query.get('utm_campaign'), 120),
    source: text(source, 100) ?? text(query.get('utm_source'), 100),
    medium: text(medium, 100) ?? text(query.get('utm_medium'), 100),
  }
  const says = touch.referrer || touch.campaign || touch.source
  return says && type !== 'group' ? { profileId, at, ...touch } : undefined
}

/** The host of a page that is not of this shop: neither the same nor one below or above it. */
function foreign(referrer: string | undefined, own: string | undefined): string | undefined {
  const host = (referrer && URL.parse(referrer)?.hostname.toLowerCase()) || undefined
  if (!host || !own) return host
  const plain = (name: string) => name.replace(/^www\./, '').replace(/:\d+$/, '')
  const [from, here] = [plain(host), plain(own.toLowerCase())]
  return from === here || from.endsWith(`.${here}`) || here.endsWith(`.${from}`) ? undefined : host
}
