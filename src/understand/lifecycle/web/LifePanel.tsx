import { useQuery } from '@tanstack/react-query'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Absent, Count } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import { lifecycle } from './lifecycle-api.ts'

/** The way to the first purchase: visitor, potential, target, buyer; each number that has people opens them. */
export default function LifePanel() {
  const t = useT()
  const [{ asOf: chosen }] = useView({ asOf: '' })
  const life = useQuery(lifecycle.query.life.queryOptions({ input: { asOf: chosen || undefined } }))
  return (
    <Loaded of={life} rows={2}>
      {({ asOf, days, visitors, ...steps }) => (
        <Metrics label={t('lifecycle.life')}>
          <Metric
            label={t('lifecycle.visitor')}
            definition={t('lifecycle.visitor.definition', { days })}
            value={visitors === null ? <Absent /> : <Count value={visitors} />}
            note={t('lifecycle.visitor_note', { days })}
          />
          {(['potential', 'target', 'buyers'] as const).map((step) => (
            <Metric
              key={step}
              label={t(`lifecycle.${step}`)}
              definition={t(`lifecycle.${step}.definition`, { days })}
              value={<Count value={steps[step].customers} />}
              {...people(steps[step].people, asOf)}
            />
          ))}
        </Metrics>
      )}
    </Loaded>
  )
}
