import { useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { lifecycle } from './lifecycle-api.ts'

/** Of who never bought: potential or target, and by what she showed that she wants something. */
export function BeforePurchase({ id }: { id: number }) {
  const t = useT()
  const locale = useLocale()
  const { data } = useQuery(lifecycle.query.beforePurchase.queryOptions({ input: { id } }))
  if (!data?.step) return null
  return (
    <p>
      <strong>{t(`lifecycle.${data.step}`)}</strong>{' '}
      <span className="soft">
        {data.signs.length > 0
          ? new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(
              data.signs.map(({ sign, day, times }) =>
                t(`lifecycle.sign.${sign}`, { day: dayText(locale, day, 'short'), times }),
              ),
            )
          : t('lifecycle.potential_why', { days: data.days })}
      </span>
    </p>
  )
}
