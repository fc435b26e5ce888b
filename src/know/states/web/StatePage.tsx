import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CustomerRow } from '#know/customers/contract.ts'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, InstantText } from '#web/kit/values.tsx'
import { useId } from '#web/place.ts'
import { states } from './states-api.ts'

type Person = { customer: CustomerRow; since: string; why: string; actorName: string | null }

/** Who has one of the shop's own states, since when, by whom and why. */
export default function StatePage() {
  const t = useT()
  const id = useId()
  const page = useKeyset('state', { id })
  const all = useQuery(states.query.list.queryOptions({ input: {} }))
  const people = useQuery(
    states.query.people.queryOptions({
      input: { id, limit: 25, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const state = all.data?.items.find((one) => one.id === id)
  const columns: Column<Person>[] = [
    { key: 'name', title: t('states.person'), cell: ({ customer }) => called(customer) },
    { key: 'since', title: t('states.since'), card: 'side', cell: ({ since }) => <InstantText at={since} /> },
    { key: 'why', title: t('states.why'), card: 'full', cell: ({ why }) => why },
    { key: 'by', title: t('states.by'), card: 'half', cell: ({ actorName }) => actorName ?? <Absent /> },
  ]
  return (
    <PageFrame
      title={state?.name ?? t('states.people')}
      subtitle={state?.means}
      back={{ to: '/', label: t('web.nav.overview') }}
    >
      <LedgerTable
        name="state"
        label={state?.name ?? t('states.people')}
        columns={columns}
        rows={people.data?.items as Person[] | undefined}
        rowKey={({ customer }) => customer.id}
        to={({ customer }) => `/customers/${customer.id}`}
        busy={people.isFetching}
        error={people.error}
        onAgain={people.refetch}
        page={page}
        next={people.data?.next}
        empty={<EmptyState title={t('states.nobody')}>{t('states.nobody_means')}</EmptyState>}
      />
    </PageFrame>
  )
}
