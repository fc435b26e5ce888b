import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import 'dayjs/locale/zh-tw.js'
import english from 'antd/es/locale/en_US.js'
import type { Locale as Words } from 'antd/es/locale/index.js'
import { useEffect, useState } from 'react'
import { useLocale } from '../i18n.ts'
import type { Locale } from '../session.ts'

// Ant Design's files are ES modules in a package that does not say so, hence TypeScript's other opinion of their default.
const words: Record<Locale, () => Promise<unknown>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  'zh-TW': () => import('antd/es/locale/zh_TW.js'),
  en: async () => ({ default: english }),
}

/**
 * Ant Design's own words (calendars, empty lists) in the app's language; fetched after the first page. Until then its English ones,
 * which it carries anyway: with none, the provider would mount the whole app anew when they come.
 */
export function useControlWords(): Words {
  const locale = useLocale()
  const [current, setCurrent] = useState(english as unknown as Words)
  useEffect(() => {
    let wanted = true
    void words[locale]().then((module) => {
      dayjs.locale(locale.toLowerCase())
      if (wanted) setCurrent((module as { default: Words }).default)
    })
    return () => {
      wanted = false
    }
  }, [locale])
  return current
}
