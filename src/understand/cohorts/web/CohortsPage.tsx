import './cohorts.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Choices } from '#web/kit/Choices.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter } from '#web/kit/FilterBar.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useView } from '#web/place.ts'
import type { CohortBy, Cohorts, CohortWhat } from '../contract.ts'
import { CohortChart } from './CohortChart.tsx'
import { CohortTable } from './CohortTable.tsx'
import { cohorts } from './cohorts-api.ts'

const ways = ['month', 'category', 'product', 'channel', 'shop', 'way'] as const satisfies readonly CohortBy[]

/** Who bought for the first time together, and how many of them came again, month after month. */
export function CohortsPage() {
  const t = useT()
  const [view, setView] = useView({ by: 'month', what: 'again', months: '12' })
  const by = ways.find((one) => one === view.by) ?? 'month'
  const what: CohortWhat = view.what === 'back' ? 'back' : 'again'
  const months = Number(view.months) || 12
  const table = useQuery(cohorts.query.table.queryOptions({ input: { by, months }, placeholderData: keepPreviousData }))
  return (
    <PageFrame
      title={t('cohorts.title')}
      subtitle={table.data && <AsOf day={table.data.asOf} />}
      back={{ to: '/', label: t('metrics.title') }}
    >
      <div className="cohort-choices">
        <Choices
          label={t('cohorts.what')}
          value={what}
          options={[
            { value: 'again', label: t('metrics.repurchaseWithin') },
            { value: 'back', label: t('metrics.retention') },
          ]}
          onPick={(next) => setView({ what: next })}
        />
        <Filter
          label={t('cohorts.by')}
          value={by}
          options={ways.map((value) => ({ value, label: t(`cohorts.by.${value}`) }))}
          onPick={(next) => setView({ by: next || 'month' })}
        />
        <Filter
          label={t('cohorts.months')}
          value={String(months)}
          options={['6', '12', '18', '24'].map((value) => ({
            value,
            label: t('cohorts.last_months', { months: Number(value) }),
          }))}
          onPick={(next) => setView({ months: next || '12' })}
        />
      </div>
      <p className="soft cohort-note">{t(what === 'again' ? 'cohorts.again_means' : 'cohorts.back_means')}</p>
      <Loaded of={table} rows={10}>
        {(found) => <Found cohorts={found as Cohorts} what={what} months={months} />}
      </Loaded>
    </PageFrame>
  )
}

function Found({ cohorts: found, what, months }: { cohorts: Cohorts; what: CohortWhat; months: number }) {
  const t = useT()
  if (found.all.newBuyers === 0) {
    return (
      <EmptyState title={t('cohorts.empty')} example={t('cohorts.empty_example')}>
        {t('cohorts.empty_means')}
      </EmptyState>
    )
  }
  return (
    <>
      <h2>{t(what === 'again' ? 'metrics.repurchaseWithin' : 'metrics.retention')}</h2>
      <CohortChart cohorts={found} what={what} />
      <CohortTable cohorts={found} what={what} months={months} />
      {found.by !== 'month' && (
        <p className="soft">{t(found.rows.length === 0 ? `cohorts.none.${found.by}` : `cohorts.note.${found.by}`)}</p>
      )}
      <p className="soft">{t('cohorts.few_means')}</p>
    </>
  )
}
