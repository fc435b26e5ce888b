import { useQuery } from '@tanstack/react-query'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count, Money } from '#web/kit/values.tsx'
import { lifecycle } from './lifecycle-api.ts'

/** How many are about to fall silent, asleep or be lost within two weeks; opens the list. */
export default function TurningPanel() {
  const t = useT()
  const turning = useQuery(lifecycle.query.turning.queryOptions({ input: {} }))
  return (
    <Loaded of={turning} rows={2}>
      {({ asOf, items }) => (
        <>
          <Metrics label={t('value.turning')}>
            {items
              .filter(({ within }) => within === 14)
              .map(({ into, limit, customers, revenue, people: where }) => (
                <Metric
                  key={into}
                  label={t(`value.turning.${into}`)}
                  definition={t('value.turning.definition', { days: limit })}
                  value={<Count value={customers} />}
                  note={
                    <>
                      {t('value.turning_worth')} <Money minor={revenue} round />
                    </>
                  }
                  {...people(where, asOf)}
                />
              ))}
          </Metrics>
          <p>
            <LinkButton to="/overview/turning" quiet>
              {t('value.turning_list')}
            </LinkButton>
          </p>
        </>
      )}
    </Loaded>
  )
}
