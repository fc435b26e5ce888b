import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { Answer, ReportRow } from '../contract.ts'

/** What a row is called: a month, a week by its first day, a name, the whole. */
export function useRowWords({ asks }: Answer): (row: ReportRow) => string {
  const t = useT()
  const locale = useLocale()
  return ({ key, name, from }) => {
    if (key === 'all') return t('reports.all')
    if (from) return dayText(locale, from, asks.split === 'month' ? 'month' : 'short')
    return name ?? t('reports.unknown')
  }
}
