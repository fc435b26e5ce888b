import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { type FactGroup, factGroups } from '#know/customers/contract.ts'
import { called } from '#know/customers/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter, FilterBar } from '#web/kit/FilterBar.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { PageTurns } from '#web/kit/PageTurns.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import type { ActivityItem } from '../contract.ts'
import { activity } from './activity-api.ts'
import './activity.css'

/** How often the newest page looks again. */
const againMs = 5_000

/** Who did what in the shop, newest first; the first page follows by itself. */
export function ActivityPage() {
  const t = useT()
  const { all: colleagues } = useColleagues()
  const defaults = { of: '', who: '', day: '' }
  const [view, setView] = useView(defaults)
  const page = useKeyset('activity', view)
  const of = view.of.split(',').filter((one) => (factGroups as readonly string[]).includes(one)) as FactGroup[]
  const filtered = Boolean(view.of || view.who || view.day)
  const list = useQuery(
    activity.query.list.queryOptions({
      input: {
        ...(of.length > 0 ? { of } : {}),
        ...(/^\d+$/.test(view.who) ? { staffId: Number(view.who) } : {}),
        ...(/^\d{4}-\d{2}-\d{2}$/.test(view.day) ? { day: view.day } : {}),
        limit: 50,
        after: page.after,
      },
      placeholderData: keepPreviousData,
      refetchInterval: page.after ? false : againMs,
    }),
  )
  return (
    <PageFrame
      title={t('activity.title')}
      subtitle={t('activity.subtitle')}
      back={{ to: '/today', label: t('talks.today') }}
    >
      <FilterBar onClear={filtered ? () => setView(defaults) : undefined}>
        <Filter
          label={t('activity.who')}
          value={view.who}
          options={colleagues.map((one) => ({ value: String(one.id), label: one.name }))}
          onPick={(who) => setView({ who })}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          aria-label={t('activity.of')}
          placeholder={t('activity.of')}
          className="activity-of"
          value={of as string[]}
          onChange={(picked: string[]) => setView({ of: picked.join(',') })}
          options={factGroups
            .filter((group) => group !== 'segments')
            .map((group) => ({ value: group as string, label: t(`customers.facts.${group}`) }))}
        />
        <DayField label={t('activity.day')} value={view.day || null} onChange={(day) => setView({ day: day ?? '' })} />
      </FilterBar>
      <Loaded of={list} rows={8}>
        {({ items, next }) => (
          <>
            {items.length === 0 && !next && !page.previous ? (
              <EmptyState title={t(filtered ? 'activity.nothing' : 'activity.empty')}>
                {t(filtered ? 'activity.nothing_means' : 'activity.empty_means')}
              </EmptyState>
            ) : (
              <ol className="activity" aria-label={t('activity.title')} aria-live="off">
                {(items as ActivityItem[]).map((item) => (
                  <li key={item.id}>
                    <InstantText at={item.at} />
                    <span>
                      {item.customer && (
                        <>
                          <Link className="row-title" to={`/customers/${item.customer.id}`}>
                            {called(item.customer)}
                          </Link>{' '}
                        </>
                      )}
                      {item.sentence}
                      {item.words && <span className="soft lines"> · {item.words}</span>}
                    </span>
                    <span className="soft">{item.actorName ?? whoElse(t, item.actor)}</span>
                  </li>
                ))}
              </ol>
            )}
            <PageTurns page={page} next={next} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function whoElse(t: ReturnType<typeof useT>, actor: string): string {
  if (actor.startsWith('import:')) return t('customers.by_import')
  if (actor.startsWith('key:')) return t('activity.by_key')
  return actor === 'customer' ? t('activity.by_customer') : t('activity.by_itself')
}
