import { Link } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count, Money, Share } from '#web/kit/values.tsx'
import type { MetricKey, Metric as MetricOf, Overview } from '../contract.ts'

/** Some numbers of the overview in a row, each with its definition and the people behind it. */
export function MetricsOf({
  overview,
  keys,
  label,
}: {
  overview: Overview
  keys: readonly MetricKey[]
  label: string
}) {
  const t = useT()
  const locale = useLocale()
  return (
    <Metrics label={label}>
      {keys.map((key) => {
        const metric = overview.metrics.find((one) => one.key === key)
        if (!metric) return null
        return (
          <Metric
            key={key}
            label={t(`metrics.${key}`)}
            definition={
              <>
                {t(`metrics.${key}.definition`, {
                  from: dayText(locale, overview.period.from),
                  to: dayText(locale, overview.period.to),
                  asOf: dayText(locale, overview.asOf),
                })}{' '}
                <Link to="/overview/definitions" hash={metric.of}>
                  {t('metrics.definitions')}
                </Link>
              </>
            }
            value={<Value metric={metric} />}
            {...people(metric.people, overview.asOf)}
          />
        )
      })}
    </Metrics>
  )
}

function Value({ metric: { unit, value } }: { metric: MetricOf }) {
  if (unit === 'money') return <Money minor={value} round={value !== null && Math.abs(value) >= 10_000_00} />
  return unit === 'rate' ? <Share of={value} /> : <Count value={value} />
}
