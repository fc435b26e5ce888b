import { type CountryCode, getCountries } from 'libphonenumber-js/max'
import type { Context } from '#platform/context.ts'

const known = new Map<string, CountryCode | undefined>()

/** The country whose phone numbers are written here without a prefix: that of the merchant's zone. */
export async function homeCountry(ctx: Context): Promise<CountryCode | undefined> {
  const merchant = await ctx.db.selectFrom('merchant').select('zone').executeTakeFirst()
  return merchant && countryOfZone(merchant.zone)
}

/** ISO 3166 code of the country that a zone (IANA name) lies in; undefined for UTC and other zones of none. */
export function countryOfZone(zone: string): CountryCode | undefined {
  if (!known.has(zone)) {
    known.set(
      zone,
      getCountries().find((country) => zonesOf(country).includes(zone)),
    )
  }
  return known.get(zone)
}

/** Part of ES2026; TypeScript's library does not name it yet. */
function zonesOf(country: CountryCode): readonly string[] {
  const place = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined }
  return place.getTimeZones?.() ?? []
}
