import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { insight } from './insight-api.ts'
import { MetricsOf } from './MetricsOf.tsx'
import { MonthsChart } from './MonthsChart.tsx'

/** Revenue and buyers, of the last 30 days and by month, for a page of several numbers. */
export default function RevenuePanel(_: { id: number }) {
  const t = useT()
  const overview = useQuery(insight.query.overview.queryOptions({ input: {}, staleTime: 30_000 }))
  return (
    <Loaded of={overview} rows={6}>
      {(found) => (
        <>
          <MetricsOf
            overview={found}
            label={t('metrics.revenue_and_buyers')}
            keys={['periodRevenue', 'periodBuyers', 'newBuyers', 'returningBuyers']}
          />
          <MonthsChart overview={found} />
        </>
      )}
    </Loaded>
  )
}
