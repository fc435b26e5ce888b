import i18next, { type i18n } from 'i18next'
import ICU from 'i18next-icu'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { grouped } from '#platform/i18n/grouped.ts'
import { keep, kept } from './kept.ts'
import type { Locale } from './session.ts'

export type { Locale } from './session.ts'

/** Fills a message of `messages/<locale>.json` (ICU). An unknown key is shown as itself. */
export type Translate = (key: string, params?: Record<string, string | number | undefined>) => string

/** Each language by its own name, in the order of the switch. */
export const languages: readonly { locale: Locale; name: string }[] = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'zh-TW', name: '繁體中文' },
  { locale: 'en', name: 'English' },
]

const catalogues: Record<Locale, () => Promise<{ catalogue: Record<string, string> }>> = {
  'zh-CN': () => import('./catalogues/zh-CN.ts'),
  'zh-TW': () => import('./catalogues/zh-TW.ts'),
  en: () => import('./catalogues/en.ts'),
}

const translator: i18n = i18next.createInstance()

/** What the shop itself calls things, by message key, in every language. */
let named: Readonly<Record<string, string | null>> = {}

/** Starts in the language that was chosen here before, else the one in which the server answered the page. */
export async function startLanguage(): Promise<void> {
  const locale = localeFrom(kept('locale') ?? document.documentElement.lang)
  const { catalogue } = await catalogues[locale]()
  await translator
    .use(new ICU({ bindI18nStore: 'added' }))
    .use(initReactI18next)
    .init({
      lng: locale,
      resources: { [locale]: { translation: catalogue } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false, bindI18nStore: 'added' },
    })
  document.documentElement.lang = locale
}

/** Turns the whole app to a language and keeps the choice on this device. */
export async function changeLocale(locale: Locale): Promise<void> {
  keep('locale', locale)
  if (locale === currentLocale()) return
  const { catalogue } = await catalogues[locale]()
  translator.addResourceBundle(locale, 'translation', catalogue)
  translator.addResources(locale, 'translation', ownNames(catalogue))
  await translator.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** Shows what the shop calls things in the place of messages; null: the message again. */
export async function callThings(names: Readonly<Record<string, string | null>>): Promise<void> {
  named = names
  const locale = currentLocale()
  const { catalogue } = await catalogues[locale]()
  translator.addResources(locale, 'translation', ownNames(catalogue))
}

function ownNames(catalogue: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(named).map(([key, name]) => [key, name ?? catalogue[key] ?? key]))
}

export function currentLocale(): Locale {
  return localeFrom(translator.language ?? document.documentElement.lang)
}

/** The messages of the current language. @example const t = useT(); t('customers.title', { count: 3 }) */
export function useT(): Translate {
  const { t } = useTranslation(undefined, { i18n: translator })
  return useCallback<Translate>((key, params = {}) => t(key, grouped(currentLocale(), patternOf(key), params)), [t])
}

function patternOf(key: string): string {
  const pattern: unknown = translator.getResource(currentLocale(), 'translation', key)
  return typeof pattern === 'string' ? pattern : ''
}

/** The current language, for `Intl` formats. */
export function useLocale(): Locale {
  return localeFrom(useTranslation(undefined, { i18n: translator }).i18n.language)
}

/** The language of ours that a tag (BCP 47) means. */
export function localeFrom(tag: string | undefined): Locale {
  const lower = (tag ?? '').toLowerCase()
  if (/^zh-(tw|hk|mo|hant)/.test(lower)) return 'zh-TW'
  return lower.startsWith('zh') ? 'zh-CN' : 'en'
}
