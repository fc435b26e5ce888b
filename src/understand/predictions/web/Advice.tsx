import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { Count, Money } from '#web/kit/values.tsx'
import type { Outlook } from '../contract.ts'
import { value } from './predictions-api.ts'

/** What to do about a customer, who does it, and what would lift her a class. */
export function Advice({ outlook: { action, callBefore, ownerId, customerId } }: { outlook: Outlook }) {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useColleagues()
  const standing = useQuery(value.query.standing.queryOptions({ input: { id: customerId } }))
  const reason = standing.data?.valueReason
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
      {Boolean(reason?.toHighMonetary) && (
        <p className="soft">
          {t('predictions.lift_money')} <Money minor={reason?.toHighMonetary} />
        </p>
      )}
      {Boolean(reason?.toHighFrequency) && (
        <p className="soft">
          {t('predictions.lift_often')} <Count value={reason?.toHighFrequency} />
        </p>
      )}
    </div>
  )
}
