import './membership.css'
import { useQuery } from '@tanstack/react-query'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import { Lately } from './Lately.tsx'
import { membership } from './membership-api.ts'
import { SizeChart } from './SizeChart.tsx'

/** How a segment is kept: how many are in it and were, who came and who left. */
export default function MembershipPanel({ id }: { id: number }) {
  const t = useT()
  const history = useQuery(membership.query.history.queryOptions({ input: { id }, refetchInterval: 15_000 }))
  return (
    <Loaded of={history} rows={3}>
      {({ size, asOf, days }) => {
        if (size === null || asOf === null) return <p className="soft">{t('membership.soon')}</p>
        const month = days.filter(({ day }) => day > monthBefore(asOf))
        const sum = (of: 'entered' | 'left') => month.reduce((all, one) => all + one[of], 0)
        return (
          <>
            <p className="soft">
              <AsOf day={asOf} />
            </p>
            <Metrics label={t('membership.title')}>
              <Metric
                label={t('membership.members')}
                definition={t('membership.members_means')}
                value={<Count value={size} />}
                {...people({ is: 'segment', in: [id] })}
              />
              <Metric
                label={t('membership.entered_30')}
                definition={t('membership.entered_30_means')}
                value={<Count value={sum('entered')} />}
              />
              <Metric
                label={t('membership.left_30')}
                definition={t('membership.left_30_means')}
                value={<Count value={sum('left')} />}
              />
            </Metrics>
            <SizeChart days={days} asOf={asOf} />
            <Lately id={id} />
          </>
        )
      }}
    </Loaded>
  )
}

function monthBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - 30)
  return at.toISOString().slice(0, 10)
}
