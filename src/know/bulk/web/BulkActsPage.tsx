import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, Count, InstantText } from '#web/kit/values.tsx'
import type { BulkAct } from '../contract.ts'
import { useActWords } from './act-words.ts'
import { bulk } from './bulk-api.ts'

/** What was done to whole lists of customers, newest first. */
export function BulkActsPage() {
  const t = useT()
  const words = useActWords()
  const page = useKeyset('bulk', {})
  const list = useQuery(
    bulk.query.list.queryOptions({
      input: { limit: 25, after: page.after },
      placeholderData: keepPreviousData,
      refetchInterval: (query) => (query.state.data?.items.some((one) => isMoving(one.state)) ? 1500 : false),
    }),
  )
  const columns: Column<BulkAct>[] = [
    { key: 'act', title: t('bulk.act'), cell: ({ act }) => words(act) },
    { key: 'state', title: t('bulk.state'), card: 'side', cell: ({ state }) => t(`bulk.state.${state}`) },
    {
      key: 'changed',
      title: t('bulk.changed'),
      align: 'end',
      card: 'half',
      cell: (one) => <Count value={one.changed} />,
    },
    { key: 'total', title: t('bulk.total'), align: 'end', card: 'half', cell: (one) => <Count value={one.total} /> },
    { key: 'by', title: t('bulk.by'), card: 'half', cell: ({ actorName }) => actorName ?? <Absent /> },
    { key: 'at', title: t('bulk.at'), card: 'half', cell: ({ askedAt }) => <InstantText at={askedAt} /> },
  ]
  return (
    <PageFrame title={t('bulk.title')} back={{ to: '/customers', label: t('customers.title') }}>
      <LedgerTable
        name="bulk"
        label={t('bulk.title')}
        columns={columns}
        rows={list.data?.items as BulkAct[] | undefined}
        rowKey={(row) => row.id}
        to={(row) => `/bulk/${row.id}`}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={
          <EmptyState title={t('bulk.none')} example={t('bulk.none_example')}>
            {t('bulk.none_means')}
          </EmptyState>
        }
        page={page}
        next={list.data?.next}
      />
    </PageFrame>
  )
}

export function isMoving(state: BulkAct['state']): boolean {
  return state === 'waiting' || state === 'running' || state === 'undoing'
}
