import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CustomerRow } from '#know/customers/contract.ts'
import { called } from '#know/customers/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { DayText } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import { type Drift, type Habit, habits as kinds } from '../contract.ts'
import { habits } from './habits-api.ts'
import { useDriftWords } from './use-drift-words.ts'

type Row = Drift & { customer: CustomerRow }

/** Whose habits have drifted: what it was, what it is, what one may do, who looks after the person. */
export default function DriftsPage() {
  const t = useT()
  const words = useDriftWords()
  const { nameOf } = useColleagues()
  const [view, setView] = useView({ habit: '' })
  const page = useKeyset('drifts', view)
  const asked = { habit: (view.habit || undefined) as Habit | undefined, limit: 25 }
  const list = useQuery(
    habits.query.list.queryOptions({ input: { ...asked, after: page.after }, placeholderData: keepPreviousData }),
  )
  const columns: Column<Row>[] = [
    { key: 'name', title: t('habits.person'), cell: ({ customer }) => called(customer) },
    { key: 'what', title: t('habits.what'), card: 'full', cell: (row) => words(row).what },
    { key: 'respond', title: t('habits.respond'), card: 'full', cell: (row) => words(row).respond },
    {
      key: 'noticed',
      title: t('habits.noticed_on'),
      card: 'side',
      cell: (row) => <DayText day={row.noticedOn} style="short" />,
    },
    {
      key: 'owner',
      title: t('habits.looked_after'),
      card: 'half',
      cell: ({ customer: { ownerId } }) =>
        ownerId === null ? <span className="soft">{t('habits.nobody')}</span> : (nameOf(ownerId) ?? `#${ownerId}`),
    },
  ]
  return (
    <PageFrame title={t('habits.title')} subtitle={t('habits.means')} back={{ to: '/', label: t('web.nav.overview') }}>
      <Choices
        wraps
        label={t('habits.which')}
        value={view.habit}
        options={[
          { value: '', label: t('habits.all') },
          ...kinds.map((habit) => ({ value: habit as string, label: t(`habits.kind.${habit}`) })),
        ]}
        onPick={(habit) => setView({ habit })}
      />
      <LedgerTable
        name="drifts"
        label={t('habits.title')}
        columns={columns}
        rows={list.data?.items as Row[] | undefined}
        rowKey={({ id }) => id}
        to={({ customer }) => `/customers/${customer.id}`}
        busy={list.isFetching}
        error={list.error}
        onAgain={list.refetch}
        page={page}
        next={list.data?.next}
        empty={
          <EmptyState title={t('habits.empty')} example={t('habits.empty_example')}>
            {t('habits.empty_means')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}
