import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter, FilterBar } from '#web/kit/FilterBar.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useRemembered } from '#web/kit/remembered.ts'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import { useView } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { ProductQuery } from '../contract.ts'
import { catalog } from './catalog-api.ts'
import { productKinds } from './kinds.ts'
import { useProductColumns } from './product-columns.tsx'

const shops = apiOf('shops', shopsContract)
const all = { kind: '', category: '', brand: '', archived: 'without', sort: 'newest' }

/** What the shop sells: by code or any part of a name. */
export function ProductsPage() {
  const t = useT()
  const may = useMay()
  const columns = useProductColumns()
  const [words, setWords] = useRemembered('catalog.words', '')
  const [view, setView] = useView(all)
  const question = {
    search: words || undefined,
    kind: (view.kind || undefined) as ProductQuery['kind'],
    category: view.category || undefined,
    brandId: view.brand ? Number(view.brand) : undefined,
    archived: view.archived as ProductQuery['archived'],
    sort: view.sort as ProductQuery['sort'],
  }
  const page = useKeyset('catalog', question)
  const list = useQuery(
    catalog.query.list.queryOptions({
      input: { ...question, limit: 50, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const categories = useQuery(catalog.query.categories.queryOptions({ input: {} }))
  const brands = useQuery(shops.query.brands.queryOptions({ input: {}, enabled: may('shops.read') }))
  const filtered = Boolean(words || view.kind || view.category || view.brand || view.archived !== 'without')
  const clear = () => {
    setWords('')
    setView(all)
  }

  return (
    <PageFrame
      title={t('catalog.title')}
      action={may('catalog.edit') && <LinkButton to="/products/new">{t('catalog.add')}</LinkButton>}
    >
      <FilterBar onClear={filtered ? clear : undefined}>
        <SearchBox value={words} onSearch={setWords} label={t('catalog.search')} />
        <Filter
          label={t('catalog.kind')}
          value={view.kind}
          options={productKinds.map((value) => ({ value, label: t(`catalog.kind.${value}`) }))}
          onPick={(kind) => setView({ kind })}
        />
        {Boolean(categories.data?.items.length) && (
          <Filter
            label={t('catalog.category')}
            value={view.category}
            options={categories.data!.items.map((value) => ({ value, label: value }))}
            onPick={(category) => setView({ category })}
          />
        )}
        {Boolean(brands.data?.items.length) && (
          <Filter
            label={t('catalog.brand')}
            value={view.brand}
            options={brands.data!.items.map(({ id, name }) => ({ value: String(id), label: name }))}
            onPick={(brand) => setView({ brand })}
          />
        )}
        <Filter
          label={t('catalog.archived_filter')}
          value={view.archived === 'without' ? '' : view.archived}
          options={[
            { value: 'only', label: t('catalog.archived_only') },
            { value: 'with', label: t('catalog.archived_with') },
          ]}
          onPick={(archived) => setView({ archived: archived || 'without' })}
        />
      </FilterBar>
      <LedgerTable
        name="products"
        label={t('catalog.title')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        to={(row) => `/products/${row.id}`}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={
          filtered ? (
            <EmptyState title={t('catalog.none_found')}>{t('catalog.none_found_means')}</EmptyState>
          ) : (
            <NoProducts />
          )
        }
        sort={view.sort}
        onSort={(sort) => setView({ sort })}
        page={page}
        next={list.data?.next}
      />
    </PageFrame>
  )
}

function NoProducts() {
  const t = useT()
  const may = useMay()
  return (
    <EmptyState
      title={t('catalog.empty')}
      example={t('catalog.empty_example')}
      action={may('exchange.import') && <Link to="/import">{t('catalog.empty_import')}</Link>}
    >
      {t('catalog.empty_means')}
    </EmptyState>
  )
}
