const countries: Record<string, string> = {
  CNY: 'CN',
  TWD: 'TW',
  HKD: 'HK',
  MOP: 'MO',
  USD: 'US',
  GBP: 'GB',
  JPY: 'JP',
  SGD: 'SG',
  AUD: 'AU',
  CAD: 'CA',
}

/** ISO 3166 code of the country where a currency is at home, for phone numbers without a prefix; undefined where there are several. */
export function countryOfCurrency(currency: string): string | undefined {
  return countries[currency]
}
