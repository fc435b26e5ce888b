import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter, FilterBar } from '#web/kit/FilterBar.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, InstantText } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import { type AuditEntry, outcomes } from '../contract.ts'
import { audit } from './audit-api.ts'
import { ChainCheck } from './ChainCheck.tsx'
import { ExportButton } from './ExportButton.tsx'
import { Details, useAuditWords } from './entry-words.tsx'
import './audit.css'

const initial = { actor: '', action: '', outcome: '', customer: '', from: '', to: '' }

/** Who did what and who looked at whom, newest first; and whether anybody tampered with it. */
export function AuditPage() {
  const t = useT()
  const words = useAuditWords()
  const [view, setView] = useView(initial)
  const page = useKeyset('audit', view)
  const filter = filterOf(view)
  const list = useQuery(
    audit.query.list.queryOptions({
      input: { ...filter, limit: 50, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const filtered = Object.values(view).some(Boolean)
  const columns: Column<AuditEntry>[] = [
    { key: 'action', title: t('audit.what'), cell: (row) => <What of={row} />, always: true },
    { key: 'at', title: t('audit.column.at'), cell: (row) => <InstantText at={row.at} exact />, card: 'half' },
    { key: 'actor', title: t('audit.who'), cell: (row) => words.who(row), card: 'half' },
    { key: 'about', title: t('audit.column.object'), cell: (row) => words.about(row), card: 'half' },
    { key: 'ip', title: t('audit.column.ip'), cell: (row) => row.ip ?? <Absent />, card: 'half' },
    { key: 'details', title: t('audit.details'), cell: (row) => <Details of={row} />, card: 'full' },
  ]
  return (
    <PageFrame
      title={t('audit.title')}
      subtitle={t('audit.title_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
    >
      <ChainCheck />
      <Filters view={view} onChange={setView} filtered={filtered} />
      <LedgerTable
        name="audit"
        label={t('audit.title')}
        columns={columns}
        rows={list.data?.items as AuditEntry[] | undefined}
        rowKey={(row) => row.id}
        busy={list.isFetching && list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        page={page}
        next={list.data?.next}
        tools={<ExportButton filter={filter} />}
        empty={
          <EmptyState title={t(filtered ? 'audit.none_found' : 'audit.empty')}>
            {!filtered && t('audit.empty_means')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}

type View = typeof initial

function filterOf({ customer, ...view }: View) {
  const filter = Object.fromEntries(Object.entries(view).filter(([, value]) => value)) as Partial<
    Omit<View, 'customer'>
  >
  return {
    ...filter,
    outcome: filter.outcome as AuditEntry['outcome'] | undefined,
    ...(/^\d{1,15}$/.test(customer) ? { object: 'customers', objectId: customer } : {}),
  }
}

function Filters(props: { view: View; onChange: (change: Partial<View>) => void; filtered: boolean }) {
  const { view, onChange } = props
  const t = useT()
  const words = useAuditWords()
  const { all } = useColleagues()
  const actions = useQuery(audit.query.actions.queryOptions({ input: {} }))
  const [customer, setCustomer] = useState(view.customer)
  return (
    <FilterBar
      onClear={
        props.filtered
          ? () => {
              setCustomer('')
              onChange(initial)
            }
          : undefined
      }
    >
      <Filter
        label={t('audit.who')}
        value={view.actor}
        options={[
          ...all.map((one) => ({ value: `staff:${one.id}`, label: one.name })),
          { value: 'system', label: t('audit.system') },
          { value: 'nobody', label: t('audit.nobody') },
        ]}
        onPick={(actor) => onChange({ actor })}
      />
      <Filter
        label={t('audit.what')}
        value={view.action}
        options={(actions.data?.items ?? []).map((action) => ({ value: action, label: words.what(action) }))}
        onPick={(action) => onChange({ action })}
      />
      <Filter
        label={t('audit.column.outcome')}
        value={view.outcome}
        options={outcomes.map((one) => ({ value: one, label: t(`audit.outcome.${one}`) }))}
        onPick={(outcome) => onChange({ outcome })}
      />
      <Input
        className="audit-about"
        aria-label={t('audit.about')}
        placeholder={t('audit.about')}
        inputMode="numeric"
        value={customer}
        onChange={(event) => setCustomer(event.target.value.replaceAll(/\D/g, '').slice(0, 15))}
        onBlur={() => onChange({ customer })}
        onPressEnter={() => onChange({ customer })}
      />
      <DayField label={t('audit.from')} value={view.from} onChange={(from) => onChange({ from: from ?? '' })} />
      <DayField label={t('audit.to')} value={view.to} onChange={(to) => onChange({ to: to ?? '' })} />
    </FilterBar>
  )
}

function What({ of }: { of: AuditEntry }) {
  const t = useT()
  const words = useAuditWords()
  const calm = of.outcome === 'done' || of.outcome === 'seen'
  return (
    <>
      {words.what(of.action)}
      {!calm && <span className="audit-no"> {t(`audit.outcome.${of.outcome}`)}</span>}
    </>
  )
}
