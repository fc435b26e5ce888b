/** Currency by region (ISO 3166); the euro area is told apart below. */
const currencies: Record<string, string> = {
  CN: 'CNY',
  TW: 'TWD',
  HK: 'HKD',
  MO: 'MOP',
  SG: 'SGD',
  MY: 'MYR',
  JP: 'JPY',
  KR: 'KRW',
  TH: 'THB',
  VN: 'VND',
  ID: 'IDR',
  PH: 'PHP',
  IN: 'INR',
  US: 'USD',
  CA: 'CAD',
  MX: 'MXN',
  BR: 'BRL',
  GB: 'GBP',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  AU: 'AUD',
  NZ: 'NZD',
  ZA: 'ZAR',
  AE: 'AED',
}
const euro = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ')

/** The region of a zone where the zone tells it better than the browser's language does. */
const regions: Record<string, string> = {
  'Asia/Shanghai': 'CN',
  'Asia/Urumqi': 'CN',
  'Asia/Taipei': 'TW',
  'Asia/Hong_Kong': 'HK',
  'Asia/Macau': 'MO',
  'Asia/Singapore': 'SG',
  'Asia/Kuala_Lumpur': 'MY',
  'Asia/Tokyo': 'JP',
  'Asia/Seoul': 'KR',
  'Europe/London': 'GB',
}

/** A sensible first answer to zone and currency, from the browser's own zone and language. Both can be changed on the page. */
export function guessPlace(language: string): { zone: string; currency: string } {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const region = regions[zone] ?? new Intl.Locale(language).maximize().region ?? 'CN'
  return { zone, currency: currencies[region] ?? (euro.includes(region) ? 'EUR' : 'USD') }
}
