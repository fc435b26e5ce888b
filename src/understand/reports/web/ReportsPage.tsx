import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, InstantText } from '#web/kit/values.tsx'
import type { Report } from '../contract.ts'
import { usePeriodWords } from './period-words.ts'
import { reports } from './reports-api.ts'

/** The reports that were saved: what each shows, who answers for it. */
export function ReportsPage() {
  const t = useT()
  const { nameOf } = useColleagues()
  const periodOf = usePeriodWords()
  const list = useQuery(reports.query.list.queryOptions({ input: {} }))
  const create = <LinkButton to="/overview/reports/new">{t('reports.new')}</LinkButton>
  return (
    <PageFrame
      title={t('reports.title')}
      subtitle={t('reports.note')}
      back={{ to: '/', label: t('metrics.title') }}
      action={create}
    >
      <LedgerTable<Report>
        name="reports"
        label={t('reports.title')}
        rows={list.data?.items as Report[] | undefined}
        rowKey={(one) => one.id}
        to={(one) => `/overview/reports/${one.id}`}
        error={list.error}
        onAgain={list.refetch}
        columns={[
          { key: 'name', title: t('reports.name'), cell: (one) => one.name },
          {
            key: 'metrics',
            title: t('reports.metrics'),
            card: 'full',
            cell: ({ asks }) => asks.metrics.map((key) => t(`metrics.${key}`)).join(' · '),
          },
          { key: 'split', title: t('reports.split'), cell: ({ asks }) => t(`reports.split.${asks.split}`) },
          { key: 'period', title: t('reports.period'), cell: ({ asks }) => periodOf(asks.period) },
          {
            key: 'owner',
            title: t('reports.owner'),
            cell: (one) => (one.ownerId === null ? <Absent /> : (nameOf(one.ownerId) ?? <Absent />)),
          },
          { key: 'changed', title: t('reports.changed'), cell: (one) => <InstantText at={one.changedAt} /> },
        ]}
        empty={
          <EmptyState title={t('reports.empty')} example={t('reports.empty_example')} action={create}>
            {t('reports.empty_means')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}
