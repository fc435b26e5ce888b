import { useLocale, useT } from '#web/i18n.ts'
import { dayText, moneyText } from '#web/kit/formats.ts'
import { useSession } from '#web/session.ts'
import type { Rulers as Cuts } from '../contract.ts'

/** Where this shop's buyers are cut, in words. */
export function Rulers({ rulers }: { rulers: Cuts }) {
  const t = useT()
  const locale = useLocale()
  const { currency } = useSession().merchant
  return (
    <dl className="rulers">
      <dt>{t('value.recency')}</dt>
      <dd>{rulers.recency.map((day) => dayText(locale, day)).join(' · ')}</dd>
      <dt>{t('value.frequency')}</dt>
      <dd>{rulers.frequency.join(' · ')}</dd>
      <dt>{t('value.monetary')}</dt>
      <dd>{rulers.monetary.map((minor) => moneyText(locale, currency, minor)).join(' · ')}</dd>
    </dl>
  )
}
