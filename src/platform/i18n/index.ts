import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../contract/shapes.ts'
import { grouped } from './grouped.ts'

export type { Locale } from '../contract/shapes.ts'

export const locales: readonly Locale[] = ['zh-CN', 'zh-TW', 'en']

const source = fileURLToPath(new URL('../../', import.meta.url))
const catalogues = new Map<Locale, Map<string, string>>()
const formats = new Map<string, IntlMessageFormat>()

/**
 * A message in a language, in ICU MessageFormat. Messages stand in `messages/<locale>.json` of each module, flat, keys
 * prefixed by the module; a refusal's code is its key. An unknown key is shown as itself.
 */
export function say(locale: Locale, key: string, params: Record<string, string | number | undefined> = {}): string {
  const pattern = catalogue(locale).get(key) ?? catalogue('en').get(key)
  if (pattern === undefined) return key
  const cacheKey = `${locale} ${key}`
  let format = formats.get(cacheKey)
  if (!format) {
    format = new IntlMessageFormat(pattern, locale)
    formats.set(cacheKey, format)
  }
  return String(format.format(grouped(locale, pattern, params)))
}

/** All messages of a language, by key. */
export function catalogue(locale: Locale): ReadonlyMap<string, string> {
  let known = catalogues.get(locale)
  if (!known) {
    known = new Map()
    for (const file of globSync(`**/messages/${locale}.json`, { cwd: source })) {
      for (const [key, text] of Object.entries(
        JSON.parse(readFileSync(`${source}/${file}`, 'utf8')) as Record<string, string>,
      )) {
        if (known.has(key)) throw new Error(`message ${key} stands twice (${basename(file)})`)
        known.set(key, text)
      }
    }
    catalogues.set(locale, known)
  }
  return known
}

/** The language of a request that has no signed-in person: the first of Accept-Language that we speak, else English. */
export function localeOf(acceptLanguage: string | null | undefined): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.split(';')[0]!.trim().toLowerCase()
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) return 'zh-TW'
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'en'
}
