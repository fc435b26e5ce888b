import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Choices } from '#web/kit/Choices.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter } from '#web/kit/FilterBar.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useView } from '#web/place.ts'
import type { Affinity } from '../contract.ts'
import { affinities } from './affinity-api.ts'
import { PairTable } from './PairTable.tsx'

/** What the same people buy, by product or category. */
export function AffinityPage() {
  const t = useT()
  const [view, setView] = useView({ by: 'product', days: '365' })
  const by = view.by === 'category' ? 'category' : 'product'
  const map = useQuery(
    affinities.query.map.queryOptions({
      input: { by, days: Number(view.days) || 365 },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <PageFrame
      title={t('affinity.title')}
      subtitle={map.data && <AsOf day={map.data.to} />}
      back={{ to: '/', label: t('metrics.title') }}
    >
      <p className="soft">{t('affinity.note')}</p>
      <div className="filters">
        <Choices
          label={t('affinity.by')}
          value={by}
          options={[
            { value: 'product', label: t('affinity.product') },
            { value: 'category', label: t('affinity.category') },
          ]}
          onPick={(next) => setView({ by: next })}
        />
        <Filter
          label={t('affinity.days')}
          value={view.days}
          options={['90', '180', '365', '730'].map((value) => ({
            value,
            label: t('affinity.last', { days: Number(value) }),
          }))}
          onPick={(next) => setView({ days: next || '365' })}
        />
      </div>
      <Loaded of={map} rows={8}>
        {(found) =>
          found.pairs.length === 0 ? (
            <EmptyState title={t('affinity.empty')} example={t('affinity.empty_example')}>
              {t('affinity.empty_means')}
            </EmptyState>
          ) : (
            <PairTable affinity={found as Affinity} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}
