import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { FilterBar } from '#web/kit/FilterBar.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useRemembered } from '#web/kit/remembered.ts'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import { useView } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import { useCustomerColumns } from './customer-columns.tsx'
import { useCustomerList } from './customer-list.ts'
import { ExportButton } from './ExportButton.tsx'
import {
  type CustomerListing,
  type ListColumns,
  useCustomerListing,
  useCustomersMany,
  useListColumns,
  useWaiting,
} from './panels.ts'
import './customers.css'

const newest = '-added'
const nobody: ReadonlySet<string | number> = new Set()

/** Whom the shop knows. One box finds anybody; filters and sorts come from what is computed of them. */
export function CustomersPage() {
  const listing = useCustomerListing()
  // A listing brings hooks of its own, so the page is one component with it and another without.
  return listing ? <Listed listing={listing} /> : <Customers columns={[]} />
}

function Listed({ listing }: { listing: CustomerListing }) {
  return <Customers listing={listing} columns={listing.useColumns()} />
}

function Customers({
  listing,
  columns: between,
}: {
  listing?: CustomerListing
  columns: ReturnType<CustomerListing['useColumns']>
}) {
  const t = useT()
  const may = useMay()
  const [words, setWords] = useRemembered('customers.words', '')
  const defaults = { sort: newest, ...listing?.view }
  const [view, setView] = useView(defaults)
  const filtered = Object.keys(listing?.view ?? {}).some((key) => view[key as 'sort'] !== defaults[key as 'sort'])
  const plain = !listing || (!filtered && view.sort === newest)
  const page = useKeyset('customers', { words, view })
  const offered = useListColumns()
  const Waiting = useWaiting()
  // Who was chosen is of this list: another question begins anew.
  const asked = JSON.stringify([words, view])
  const [chosen, setChosen] = useState<{ of: string; picked: ReadonlySet<string | number> }>()
  const picked = chosen?.of === asked ? chosen.picked : nobody
  const Many = useCustomersMany()
  const mayMany = Many !== undefined && may('customers.bulk')
  const list = useCustomerList(words.trim(), view, plain, page, listing, offered)
  const further = useFurtherColumns(offered)
  const columns = useCustomerColumns([...between, ...further], listing !== undefined)
  const initial = columns.filter((column) => !column.hidden).map((column) => column.key)
  const shownNow = words
    ? { ids: list.rows?.map(({ customer }) => customer.id) ?? [] }
    : plain || !listing
      ? {}
      : { list: listing.exported(view) }
  const clear = () => {
    setWords('')
    setView(defaults)
  }

  return (
    <PageFrame
      title={t('customers.title')}
      subtitle={
        Waiting && (
          <Suspense>
            <Waiting />
          </Suspense>
        )
      }
      action={may('customers.edit') && <LinkButton to="/customers/new">{t('customers.add')}</LinkButton>}
    >
      <FilterBar onClear={words || filtered ? clear : undefined}>
        <SearchBox value={words} onSearch={setWords} label={t('customers.search')} hint={t('customers.search_hint')} />
        {listing && !words && (
          <listing.Filters view={view} onChange={(change) => setView(change as Partial<typeof view>)} />
        )}
      </FilterBar>
      <LedgerTable
        name="customers"
        label={t('customers.title')}
        columns={columns}
        rows={list.rows}
        rowKey={({ customer }) => customer.id}
        to={({ customer }) => `/customers/${customer.id}`}
        busy={list.busy}
        error={list.error}
        onAgain={list.again}
        sort={words ? undefined : view.sort}
        onSort={words || !listing ? undefined : (sort) => setView({ sort })}
        page={words ? undefined : page}
        next={list.next}
        count={list.count === undefined ? undefined : t('customers.count', { count: list.count })}
        picks={mayMany ? { picked, onPick: (picked) => setChosen({ of: asked, picked }) } : undefined}
        tools={
          <>
            {mayMany && (list.rows?.length ?? 0) > 0 && (
              <Suspense>
                <Many
                  whom={picked.size > 0 ? { ids: [...picked].map(Number) } : shownNow}
                  count={picked.size > 0 ? picked.size : list.count}
                  chosen={picked.size > 0}
                />
              </Suspense>
            )}
            {may('customers.export') && (
              <ExportButton order={columns.map(({ key }) => key)} initial={initial} what={shownNow} />
            )}
          </>
        }
        empty={words || filtered ? <NobodyFound words={words} /> : <NobodyYet />}
      />
    </PageFrame>
  )
}

/** The columns that modules offer: the same modules at each call, so their hooks are called in the same order. */
function useFurtherColumns(offered: readonly ListColumns[]) {
  const columns: ReturnType<ListColumns['useColumns']> = []
  for (const { name, useColumns } of offered) {
    // biome-ignore lint/correctness/useHookAtTopLevel: what is offered never changes while the app runs
    columns.push(...useColumns((row) => row.of?.[name]))
  }
  return columns
}

function NobodyFound({ words }: { words: string }) {
  const t = useT()
  const may = useMay()
  return (
    <EmptyState
      title={t('customers.nobody_found')}
      example={words ? t('customers.search_examples') : undefined}
      action={may('customers.edit') && words && <Link to="/customers/new">{t('customers.add')}</Link>}
    >
      {t(words ? 'customers.nobody_found_means' : 'customers.nobody_filtered')}
    </EmptyState>
  )
}

function NobodyYet() {
  const t = useT()
  const may = useMay()
  return (
    <EmptyState
      title={t('customers.empty')}
      example={t('customers.empty_example')}
      action={
        may('exchange.import') ? (
          <LinkButton to="/import">{t('customers.import_first')}</LinkButton>
        ) : (
          may('customers.edit') && <LinkButton to="/customers/new">{t('customers.add')}</LinkButton>
        )
      }
    >
      {t('customers.empty_means')}
    </EmptyState>
  )
}
