import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { DayField } from '#web/kit/DayField.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { FilterBar } from '#web/kit/FilterBar.tsx'
import { dayText } from '#web/kit/formats.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { MorePages } from '#web/more-pages.tsx'
import { Panels } from '#web/panels.tsx'
import { useView } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { Overview } from '../contract.ts'
import { insight } from './insight-api.ts'
import { MetricsOf } from './MetricsOf.tsx'
import { MonthsChart } from './MonthsChart.tsx'
import { StageShares } from './StageShares.tsx'

/** The shop at a glance, as of a day: what came in, who came back, where customers stand. */
export default function OverviewPage() {
  const t = useT()
  const [view, setView] = useView({ asOf: '', from: '', to: '' })
  const input = { asOf: view.asOf || undefined, from: view.from || undefined, to: view.to || undefined }
  const overview = useQuery(
    insight.query.overview.queryOptions({ input, placeholderData: keepPreviousData, refetchInterval: 10_000 }),
  )
  const chosen = Boolean(view.asOf || view.from || view.to)
  const nothing = overview.data !== undefined && isEmpty(overview.data)
  return (
    <PageFrame title={t('metrics.title')} subtitle={overview.data && <AsOf day={overview.data.asOf} />}>
      {nothing && !chosen ? null : (
        <FilterBar onClear={chosen ? () => setView({ asOf: '', from: '', to: '' }) : undefined}>
          <DayField label={t('metrics.as_of')} value={view.asOf} onChange={(asOf) => setView({ asOf: asOf ?? '' })} />
          <DayField
            label={t('metrics.from')}
            value={view.from}
            max={view.to || undefined}
            onChange={(from) => setView({ from: from ?? '' })}
          />
          <DayField
            label={t('metrics.to')}
            value={view.to}
            min={view.from || undefined}
            onChange={(to) => setView({ to: to ?? '' })}
          />
        </FilterBar>
      )}
      <MorePages area="overview" label={t('metrics.more')} />
      <Loaded of={overview} rows={8}>
        {(found) => (isEmpty(found) ? <NothingYet /> : <Found overview={found} />)}
      </Loaded>
    </PageFrame>
  )
}

function Found({ overview }: { overview: Overview }) {
  const t = useT()
  const locale = useLocale()
  const { from, to } = overview.period
  const period = t('metrics.in_period', { from: dayText(locale, from), to: dayText(locale, to) })
  return (
    <>
      <section className="panel">
        <h2>{t('metrics.in_all')}</h2>
        <MetricsOf
          overview={overview}
          label={t('metrics.in_all')}
          keys={['revenue', 'customers', 'buyers', 'repurchaseRate', 'purchases', 'averageOrder', 'anonymousRevenue']}
        />
      </section>
      <section className="panel">
        <h2>{period}</h2>
        <MetricsOf
          overview={overview}
          label={period}
          keys={[
            'periodRevenue',
            'periodPurchases',
            'periodBuyers',
            'newBuyers',
            'returningBuyers',
            'periodAverageOrder',
          ]}
        />
      </section>
      <StageShares overview={overview} />
      <MonthsChart overview={overview} />
      <Panels slot="overview" id={0} />
    </>
  )
}

function isEmpty({ metrics }: Overview): boolean {
  return metrics.every(({ key, value }) => !['customers', 'purchases', 'revenue'].includes(key) || !value)
}

function NothingYet() {
  const t = useT()
  const may = useMay()
  return (
    <EmptyState
      title={t('metrics.empty')}
      example={t('metrics.empty_example')}
      action={may('exchange.import') ? <LinkButton to="/import">{t('metrics.empty_action')}</LinkButton> : undefined}
    >
      {t('metrics.empty_means')}
    </EmptyState>
  )
}
