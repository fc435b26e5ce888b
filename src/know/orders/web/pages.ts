import type { CommandAction, PageRoute, Panel, SearchProvider } from '#web/page.ts'
import { orders } from './orders-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/orders',
    title: 'orders.title',
    nav: { area: 'orders' },
    may: 'orders.read',
    load: async () => ({ default: (await import('./OrdersPage.tsx')).OrdersPage }),
  },
  {
    path: '/orders/new',
    title: 'orders.record',
    may: 'orders.edit',
    load: async () => ({ default: (await import('./RecordSalePage.tsx')).RecordSalePage }),
  },
  {
    path: '/orders/$id',
    title: 'orders.order',
    may: 'orders.read',
    load: async () => ({ default: (await import('./OrderPage.tsx')).OrderPage }),
    prepare: ({ params, queries }) =>
      queries.prefetchQuery(orders.query.get.queryOptions({ input: { id: Number(params.id) } })),
  },
  {
    path: '/orders/$id/refund',
    title: 'orders.refund',
    may: 'orders.edit',
    load: async () => ({ default: (await import('./RefundPage.tsx')).RefundPage }),
  },
]

export const search: SearchProvider = {
  title: 'orders.title',
  may: 'orders.read',
  async find(text, signal) {
    if (text.length < 3) return []
    const { items } = await orders.call.list({ number: text, limit: 5 }, { signal })
    return items.map((order) => ({
      key: `order ${order.id}`,
      title: order.number,
      detail: order.day,
      to: `/orders/${order.id}`,
    }))
  },
}

export const actions: readonly CommandAction[] = [{ title: 'orders.record', to: '/orders/new', may: 'orders.edit' }]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'orders.title',
    order: 20,
    may: 'orders.read',
    load: async () => ({ default: (await import('./CustomerOrders.tsx')).CustomerOrders }),
  },
]
