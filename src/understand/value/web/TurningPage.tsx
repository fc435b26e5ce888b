import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { called } from '#know/customers/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { addDays } from '#platform/days.ts'
import type { Turning } from '#understand/lifecycle/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Choices } from '#web/kit/Choices.tsx'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { dayText } from '#web/kit/formats.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { ValueMark } from '#web/kit/ValueMark.tsx'
import { Absent, Count, DayText, Money } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import type { StandingRow } from '../contract.ts'
import { lifecycle } from './lifecycle-api.ts'
import { value } from './value-api.ts'
import './value.css'

const intos = ['silent', 'sleeping', 'lost'] as const
const withins = ['7', '14', '30'] as const
const rowsShown = 25

/** Who is about to fall silent, asleep or be lost: the dearest first, with the days that are left to keep them. */
export default function TurningPage() {
  const t = useT()
  const [view, setView] = useView({ into: 'silent', within: '14' })
  const turning = useQuery(lifecycle.query.turning.queryOptions({ input: {}, placeholderData: keepPreviousData }))
  const one = turning.data?.items.find(({ into, within }) => into === view.into && String(within) === view.within)
  return (
    <PageFrame
      title={t('value.turning')}
      subtitle={turning.data && <AsOf day={turning.data.asOf} />}
      back={{ to: '/', label: t('web.nav.overview') }}
    >
      <p className="soft">{t('value.turning_means')}</p>
      <div className="turning-choices">
        <Choices
          label={t('value.turning_into')}
          value={view.into}
          options={intos.map((into) => ({ value: into as string, label: t(`web.stage.${into}`) }))}
          onPick={(into) => setView({ into })}
        />
        <Choices
          label={t('value.turning_within')}
          value={view.within}
          options={withins.map((days) => ({ value: days as string, label: t('value.days', { days }) }))}
          onPick={(within) => setView({ within })}
        />
      </div>
      <Loaded of={turning} rows={6}>
        {({ asOf }) => (one ? <Found asOf={asOf} of={one} /> : null)}
      </Loaded>
    </PageFrame>
  )
}

function Found({ asOf, of }: { asOf: string; of: Turning }) {
  const t = useT()
  const asked = {
    where: of.people,
    asOf,
    sort: { by: 'revenue' as const, direction: 'down' as const },
    limit: rowsShown,
    columns: ['phone' as const, 'email' as const, 'owner' as const],
  }
  const page = useKeyset('turning', asked)
  const list = useQuery(
    value.query.query.queryOptions({ input: { ...asked, after: page.after }, placeholderData: keepPreviousData }),
  )
  const columns = useColumns(of, asOf)
  const everybody = people(of.people, asOf)
  return (
    <>
      <p className="turning-sum">
        {t('value.turning_sum', { customers: of.customers, within: of.within, stage: t(`web.stage.${of.into}`) })}{' '}
        {of.customers > 0 && (
          <>
            {t('value.turning_worth')} <Money minor={of.revenue} round />
          </>
        )}
      </p>
      {of.customers > 0 && everybody.to && (
        <p>
          <LinkButton to={everybody.to} search={everybody.search} quiet>
            {t('value.turning_open')}
          </LinkButton>
        </p>
      )}
      <LedgerTable
        name="turning"
        label={t('value.turning')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.customerId}
        to={(row) => `/customers/${row.customerId}`}
        busy={list.isFetching}
        error={list.error}
        onAgain={list.refetch}
        page={page}
        next={list.data?.next}
        empty={
          <EmptyState title={t('value.turning_nobody')}>
            {t('value.turning_nobody_means', { days: of.limit, stage: t(`web.stage.${of.into}`) })}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns({ limit, into }: Turning, asOf: string): Column<StandingRow>[] {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useColleagues()
  return [
    { key: 'name', title: t('value.column.name'), cell: ({ customer }) => called(customer) },
    {
      key: 'left',
      title: t('value.days_left'),
      align: 'end',
      card: 'side',
      always: true,
      cell: ({ daysSince }) => {
        const left = limit - (daysSince ?? 0)
        const day = dayText(locale, addDays(asOf, left), 'short')
        return (
          <span className="number" title={t('value.turns_on', { stage: t(`web.stage.${into}`), day })}>
            {t('value.days', { days: left })}
          </span>
        )
      },
    },
    {
      key: 'revenue',
      title: t('value.revenue'),
      align: 'end',
      card: 'half',
      cell: ({ revenue }) => <Money minor={revenue} />,
    },
    {
      key: 'purchases',
      title: t('value.purchases'),
      align: 'end',
      card: 'half',
      cell: ({ purchases }) => <Count value={purchases} />,
    },
    {
      key: 'lastPurchase',
      title: t('value.last_purchase'),
      card: 'half',
      cell: ({ lastPurchase }) => <DayText day={lastPurchase} />,
    },
    {
      key: 'class',
      title: t('value.column.class'),
      card: 'half',
      cell: ({ valueClass }) => (valueClass ? <ValueMark value={valueClass} /> : <Absent />),
    },
    {
      key: 'owner',
      title: t('value.column.owner'),
      card: 'full',
      cell: ({ customer: { ownerId } }) =>
        ownerId === null ? <span className="soft">{t('value.unowned')}</span> : (nameOf(ownerId) ?? `#${ownerId}`),
    },
  ]
}
