import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { DayText } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { habits } from './habits-api.ts'
import { useDriftWords } from './use-drift-words.ts'
import './habits.css'

/** How a customer's habits have drifted, what one may do about it, and who does. */
export default function DriftsPanel({ id }: { id: number }) {
  const t = useT()
  const words = useDriftWords()
  const { nameOf } = useColleagues()
  const drifts = useQuery(habits.query.ofCustomer.queryOptions({ input: { id } }))
  return (
    <Loaded of={drifts} rows={2}>
      {({ items, ownerId }) =>
        items.length === 0 ? (
          <p className="soft">{t('habits.none')}</p>
        ) : (
          <>
            <ul className="drifts">
              {items.map((one) => {
                const { what, respond } = words(one)
                return (
                  <li key={one.id}>
                    <p>
                      {what}{' '}
                      <Why of={t('habits.of_customer')}>
                        <p>{t('habits.rests_on', { before: one.purchases.before, after: one.purchases.after })}</p>
                        <p className="soft">
                          {t('habits.noticed')} <DayText day={one.noticedOn} />
                        </p>
                      </Why>
                    </p>
                    <p className="soft">{respond}</p>
                  </li>
                )
              })}
            </ul>
            <p className="soft">
              {ownerId === null ? t('habits.nobodys') : t('habits.owner', { name: nameOf(ownerId) ?? `#${ownerId}` })}
            </p>
          </>
        )
      }
    </Loaded>
  )
}
