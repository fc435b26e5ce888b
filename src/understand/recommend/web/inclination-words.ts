import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { ShownInclination } from '../contract.ts'

/** What an inclination rests on, in a few words: a hook that gives them. */
export function useInclinationWords(): (one: ShownInclination) => string {
  const t = useT()
  const locale = useLocale()
  return ({ bought, wished, against, last, said }) =>
    [
      said && t(`recommend.said.${said}`),
      bought > 0 && t('recommend.evidence.bought', { count: bought }),
      wished > 0 && t('recommend.evidence.wished', { count: wished }),
      against > 0 && t('recommend.evidence.against', { count: against }),
      last && t('recommend.evidence.last', { day: dayText(locale, last) }),
    ]
      .filter(Boolean)
      .join(' · ')
}
