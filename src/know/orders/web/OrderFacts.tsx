import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { InstantText, Money } from '#web/kit/values.tsx'
import type { Order } from '../contract.ts'
import { Buyer } from './Buyer.tsx'

/** Who, when, where, how much is left. */
export function OrderFacts({ order }: { order: Order }) {
  const t = useT()
  return (
    <dl className="facts order-facts">
      <dt>{t('orders.customer')}</dt>
      <dd>
        <Buyer of={order.customer} />
      </dd>
      <dt>{t('orders.placed')}</dt>
      <dd>
        <InstantText at={order.placedAt} exact />
      </dd>
      <dt>{t('orders.shop')}</dt>
      <dd>{order.channel ? `${order.shop.name} · ${order.channel}` : order.shop.name}</dd>
      <dt>{t('orders.source')}</dt>
      <dd>{order.source.code === 'staff' ? t('orders.source_staff') : order.source.name}</dd>
      {order.cancels && (
        <>
          <dt>{t('orders.cancels')}</dt>
          <dd>
            <Link to={`/orders/${order.cancels.id}`}>{order.cancels.number}</Link>
          </dd>
        </>
      )}
      {order.reason && (
        <>
          <dt>{t('orders.reason')}</dt>
          <dd className="order-reason">{order.reason}</dd>
        </>
      )}
      {order.foreign && (
        <>
          <dt>{t('orders.foreign')}</dt>
          <dd>
            <Money minor={order.foreign.amount} currency={order.foreign.currency} /> ×{' '}
            <span className="number">{order.foreign.rate}</span>
          </dd>
        </>
      )}
      {order.kind === 'sale' && order.net !== order.amount && (
        <>
          <dt>{t('orders.net')}</dt>
          <dd>
            <strong>
              <Money minor={order.net} />
            </strong>
          </dd>
        </>
      )}
    </dl>
  )
}
