import { useLocale, useT } from '../i18n.ts'
import { useMerchant } from '../session.ts'
import { dayText, instantText } from './formats.ts'

/** When what is shown was true: a shop day or an instant. @example <AsOf day="2026-03-01" /> */
export function AsOf({ day, at }: { day?: string; at?: string }) {
  const t = useT()
  const locale = useLocale()
  const zone = useMerchant()?.zone ?? 'UTC'
  if (day) return <span>{t('web.as_of', { when: dayText(locale, day) })}</span>
  return at ? <span>{t('web.as_of', { when: instantText(locale, zone, at) })}</span> : null
}
