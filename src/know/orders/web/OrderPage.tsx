import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { InstantText, Money } from '#web/kit/values.tsx'
import { Panels } from '#web/panels.tsx'
import { useId } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { Order } from '../contract.ts'
import { OrderFacts } from './OrderFacts.tsx'
import { OrderLines } from './OrderLines.tsx'
import { OrderState } from './OrderState.tsx'
import { OrderWay } from './OrderWay.tsx'
import { orders } from './orders-api.ts'
import { Settle } from './Settle.tsx'
import './orders.css'

/** One document with its lines, and what was given back of it or what it gives back. */
export function OrderPage() {
  const id = useId()
  const t = useT()
  const may = useMay()
  const order = useQuery(orders.query.get.queryOptions({ input: { id } }))
  const { data } = order
  return (
    <PageFrame
      title={data ? t('orders.order_number', { number: data.number }) : t('orders.order')}
      subtitle={data && <OrderState of={data} />}
      back={{ to: '/orders', label: t('orders.title') }}
      action={
        data &&
        may('orders.edit') &&
        data.status === 'completed' &&
        somethingLeft(data) && <LinkButton to={`/orders/${id}/refund`}>{t('orders.refund')}</LinkButton>
      }
    >
      <Loaded of={order}>
        {(order) => (
          <>
            <OrderFacts order={order} />
            {order.status === 'open' && may('orders.edit') && <Settle order={order} />}
            {order.kind === 'sale' && order.status !== 'void' && (may('orders.edit') || order.steps.length > 0) && (
              <OrderWay order={order} />
            )}
            <section className="panel">
              <h2>{t('orders.lines')}</h2>
              <OrderLines order={order} />
            </section>
            {order.cancellations.length > 0 && <GivenBack order={order} />}
            {order.kind === 'sale' && <Panels slot="order" id={order.id} />}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** Whether any line of a sale can still be given back. */
function somethingLeft(order: Order): boolean {
  return order.lines.some(({ left, amount }) => left && (left.quantity !== 0 || (left.amount !== 0 && amount > 0)))
}

function GivenBack({ order }: { order: Order }) {
  const t = useT()
  return (
    <section className="panel">
      <h2>{t('orders.given_back')}</h2>
      <ul className="documents">
        {order.cancellations.map((one) => (
          <li key={one.id}>
            <Link to={`/orders/${one.id}`}>{one.number}</Link>
            <InstantText at={one.placedAt} />
            {one.status === 'void' && <span className="soft">{t('orders.state.void')}</span>}
            {one.reason && <span className="soft order-reason">{one.reason}</span>}
            <span className="to-the-end">
              <Money minor={one.amount} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
