import { type CountryCode, getCountries } from 'libphonenumber-js/max'
import type { Context } from '#platform/context.ts'

const known = new Map<string, CountryCode | undefined>()

/** The country whose phone numbers are written here without a prefix: that of the merchant's zone. */
export async function homeCountry(ctx: Context): Promise<CountryCode | undefined> {
  const merchant = await ctx.db.selectFrom('merchant').select('zone').executeTakeFirst()
  return merchant && countryOfZone(merchant.zone)
}

/** Asked first: all 245 take half a second, once a process. */
const likely: readonly CountryCode[] = ['CN', 'TW', 'HK', 'MO', 'SG', 'MY', 'JP', 'KR', 'GB', 'US', 'CA', 'AU']

/** ISO 3166 code of the country that a zone (IANA name) lies in; undefined for UTC and other zones of none. */
export function countryOfZone(zone: string): CountryCode | undefined {
  if (!zone.includes('/') || zone.startsWith('Etc/')) return undefined
  if (!known.has(zone)) {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    const lies = (country: CountryCode) => zonesOf(country).some((one) => one === zone || one === timeZone)
    known.set(zone, likely.find(lies) ?? getCountries().find(lies))
  }
  return known.get(zone)
}

/** Part of ES2026; TypeScript's library does not name it yet. */
function zonesOf(country: CountryCode): readonly string[] {
  const place = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined }
  return place.getTimeZones?.() ?? []
}
