import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { Period } from '../contract.ts'

/** A period in words: the last 12 months, or from day to day. */
export function usePeriodWords(): (period: Period) => string {
  const t = useT()
  const locale = useLocale()
  return (period) =>
    'last' in period
      ? t(`reports.period.${period.unit}`, { last: period.last })
      : `${dayText(locale, period.from)} – ${dayText(locale, period.to)}`
}
