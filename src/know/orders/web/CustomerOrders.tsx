import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { DayText, Money } from '#web/kit/values.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import type { OrderRow } from '../contract.ts'
import { OrderLines } from './OrderLines.tsx'
import { OrderState } from './OrderState.tsx'
import { orders } from './orders-api.ts'
import './orders.css'

/** What a customer bought and gave back, newest first; the lines of an order are fetched when it is opened. */
export function CustomerOrders({ id }: { id: number }) {
  const t = useT()
  const may = useMay()
  const list = useInfiniteQuery(
    orders.query.list.infiniteOptions({
      input: (after: string | undefined) => ({ customerId: id, limit: 10, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
  )
  if (!list.data) return list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={3} />
  const rows = list.data.pages.flatMap((page) => page.items)
  const record = may('orders.edit') && (
    <Link to="/orders/new" search={{ customer: String(id) } as never}>
      {t('orders.record')}
    </Link>
  )
  if (rows.length === 0) {
    return (
      <EmptyState title={t('orders.customer_empty')} action={record}>
        {t('orders.customer_empty_means')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="customer-orders">
        {rows.map((order) => (
          <OneOrder key={order.id} order={order} />
        ))}
      </ul>
      <div className="note-actions">
        {list.hasNextPage && (
          <QuietButton disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t('orders.older')}
          </QuietButton>
        )}
        {record}
      </div>
    </>
  )
}

function OneOrder({ order }: { order: OrderRow }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <li className="customer-order">
      <button type="button" className="customer-order-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'up' : 'down'} size={16} />
        <DayText day={order.day} />
        <OrderState of={order} />
        <span className="to-the-end">
          <Money minor={order.amount} />
        </span>
      </button>
      {open && (
        <div className="customer-order-lines">
          <p>
            <Link to={`/orders/${order.id}`}>{t('orders.order_number', { number: order.number })}</Link>
          </p>
          <Lines id={order.id} />
        </div>
      )}
    </li>
  )
}

function Lines({ id }: { id: number }) {
  const order = useQuery(orders.query.get.queryOptions({ input: { id } }))
  return (
    <Loaded of={order} rows={2}>
      {(order) => <OrderLines order={order} />}
    </Loaded>
  )
}
