import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { Lift } from '#understand/value/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText, moneyText } from '#web/kit/formats.ts'
import { Why } from '#web/kit/Why.tsx'
import { useMerchant } from '#web/session.ts'
import type { Outlook } from '../contract.ts'
import { value } from './predictions-api.ts'

/** What to do about a customer, who does it, and what would lift her a class. */
export function Advice({ outlook: { action, callBefore, ownerId, customerId, winBack } }: { outlook: Outlook }) {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useColleagues()
  const standing = useQuery(value.query.standing.queryOptions({ input: { id: customerId } }))
  const currency = useMerchant()?.currency ?? 'CNY'
  const money = (minor: number) => moneyText(locale, currency, minor, true)
  return (
    <div className="advice">
      {action && (
        <p>
          <strong>{t(`predictions.do.${action}`, { day: callBefore ? dayText(locale, callBefore) : '' })}</strong>{' '}
          <span className="soft">
            {ownerId === null
              ? t('predictions.nobodys')
              : t('predictions.owner', { name: nameOf(ownerId) ?? `#${ownerId}` })}
          </span>
        </p>
      )}
      {winBack !== null && (
        <p className="soft">
          {t('predictions.win_back', { most: money(winBack), tenth: money(winBack / 10) })}{' '}
          <Why of={t('predictions.win_back_of')}>{t('predictions.win_back.definition')}</Why>
        </p>
      )}
      {standing.data && <Lift standing={standing.data} />}
    </div>
  )
}
