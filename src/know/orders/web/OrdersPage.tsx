import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Filter, FilterBar } from '#web/kit/FilterBar.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import { useView } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { OrderQuery } from '../contract.ts'
import { Buyer } from './Buyer.tsx'
import { orderKinds, orderStatuses, orderStepNames } from './choices.ts'
import { NoOrders } from './NoOrders.tsx'
import { useOrderColumns } from './order-columns.tsx'
import { orders } from './orders-api.ts'

const shops = apiOf('shops', shopsContract)
const all = { number: '', shop: '', kind: '', status: '', step: '', from: '', to: '', customer: '' }

/** Sales, what was given back, adjustments: newest first. */
export function OrdersPage() {
  const t = useT()
  const may = useMay()
  const columns = useOrderColumns()
  const [view, setView] = useView(all)
  const question = {
    number: view.number || undefined,
    shopId: view.shop ? Number(view.shop) : undefined,
    kind: (view.kind || undefined) as OrderQuery['kind'],
    status: (view.status || undefined) as OrderQuery['status'],
    step: (view.step || undefined) as OrderQuery['step'],
    from: view.from || undefined,
    to: view.to || undefined,
    customerId: view.customer ? Number(view.customer) : undefined,
  }
  const page = useKeyset('orders', question)
  const list = useQuery(
    orders.query.list.queryOptions({
      input: { ...question, limit: 50, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const shopList = useQuery(shops.query.list.queryOptions({ input: {}, enabled: may('shops.read') }))
  const filtered = Object.values(view).some((value) => value !== '')

  return (
    <PageFrame
      title={t('orders.title')}
      subtitle={view.customer && <Buyer of={list.data?.items[0]?.customer ?? null} />}
      action={may('orders.edit') && <LinkButton to="/orders/new">{t('orders.record')}</LinkButton>}
    >
      <FilterBar onClear={filtered ? () => setView(all) : undefined}>
        <SearchBox value={view.number} onSearch={(number) => setView({ number })} label={t('orders.search')} />
        {(shopList.data?.items.length ?? 0) > 1 && (
          <Filter
            label={t('orders.shop')}
            value={view.shop}
            options={shopList.data!.items.map(({ id, name }) => ({ value: String(id), label: name }))}
            onPick={(shop) => setView({ shop })}
          />
        )}
        <Filter
          label={t('orders.kind')}
          value={view.kind}
          options={orderKinds.map((value) => ({ value, label: t(`orders.kind.${value}`) }))}
          onPick={(kind) => setView({ kind })}
        />
        <Filter
          label={t('orders.status')}
          value={view.status}
          options={orderStatuses.map((value) => ({ value, label: t(`orders.status.${value}`) }))}
          onPick={(status) => setView({ status })}
        />
        <Filter
          label={t('orders.step')}
          value={view.step}
          options={[...orderStepNames, 'none'].map((value) => ({ value, label: t(`orders.step.${value}`) }))}
          onPick={(step) => setView({ step })}
        />
        <DayField
          label={t('orders.from')}
          value={view.from}
          max={view.to || undefined}
          onChange={(from) => setView({ from: from ?? '' })}
        />
        <DayField
          label={t('orders.to')}
          value={view.to}
          min={view.from || undefined}
          onChange={(to) => setView({ to: to ?? '' })}
        />
      </FilterBar>
      <LedgerTable
        name="orders"
        label={t('orders.title')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        to={(row) => `/orders/${row.id}`}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={
          filtered ? (
            <EmptyState title={t('orders.none_found')}>{t('orders.none_found_means')}</EmptyState>
          ) : (
            <NoOrders />
          )
        }
        page={page}
        next={list.data?.next}
      />
    </PageFrame>
  )
}
