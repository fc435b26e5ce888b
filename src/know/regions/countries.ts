import { china } from './region.ts'

/** Countries as numbers beside the codes of GB/T 2260: 1,000,000 and the two letters of ISO 3166. */
const first = 1_000_000

export function countryCode(iso: string): number {
  if (iso === 'CN') return china
  const own = { TW: 710_000, HK: 810_000, MO: 820_000 }[iso]
  return own ?? first + (iso.charCodeAt(0) - 65) * 26 + iso.charCodeAt(1) - 65
}

/** The two letters; undefined for regions of China. */
export function isoOf(code: number): string | undefined {
  if (code < first) return undefined
  const at = code - first
  return String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26))
}

/** What Intl calls a region and is no country. */
const none = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])
const spellings: Readonly<Record<string, string>> = {
  prc: 'CN',
  "people's republic of china": 'CN',
  'mainland china': 'CN',
  中华人民共和国: 'CN',
  中國: 'CN',
  中国大陆: 'CN',
  中國大陸: 'CN',
  'hong kong': 'HK',
  香港: 'HK',
  macao: 'MO',
  macau: 'MO',
  澳门: 'MO',
  澳門: 'MO',
  usa: 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  korea: 'KR',
  russia: 'RU',
}

let known: ReadonlyMap<string, string> | undefined

/** Names in the three languages of the house, English with and without accents, and the two letters. */
function countries(): ReadonlyMap<string, string> {
  if (known) return known
  const names = new Map<string, string>()
  for (const locale of ['en', 'zh-TW', 'zh-CN']) {
    const display = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
    for (let at = 0; at < 26 * 26; at += 1) {
      const iso = isoOf(first + at)!
      const name = none.has(iso) ? undefined : display.of(iso)
      // What was called otherwise once, as the United Kingdom's UK, is not one more country.
      if (!name || new Intl.Locale(`und-${iso}`).region !== iso) continue
      names.set(folded(name), iso)
      names.set(iso.toLowerCase(), iso)
    }
  }
  for (const [name, iso] of Object.entries(spellings)) names.set(name, iso)
  known = names
  return names
}

function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
}

/** The number of a country by its name in any language of the house; undefined where it is none. */
export function countryNamed(text: string): number | undefined {
  const iso = countries().get(folded(text))
  return iso === undefined ? undefined : countryCode(iso)
}

export function countryName(code: number, locale: string): string {
  const iso = code === china ? 'CN' : isoOf(code)
  return (iso && new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }).of(iso)) || `#${code}`
}
