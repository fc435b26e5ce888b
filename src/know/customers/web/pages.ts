import type { CommandAction, PageRoute, Panel, SearchProvider } from '#web/page.ts'
import { called } from './called.ts'
import { customers } from './customers-api.ts'
import { phoneText } from './phone-text.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/customers',
    title: 'customers.title',
    nav: { area: 'customers' },
    may: 'customers.read',
    load: async () => ({ default: (await import('./CustomersPage.tsx')).CustomersPage }),
  },
  {
    path: '/customers/new',
    title: 'customers.add',
    may: 'customers.edit',
    load: async () => ({ default: (await import('./AddCustomerPage.tsx')).AddCustomerPage }),
  },
  {
    path: '/customers/$id',
    title: 'customers.customer',
    may: 'customers.read',
    load: async () => ({ default: (await import('./CustomerPage.tsx')).CustomerPage }),
    prepare: ({ params, queries }) =>
      queries.prefetchQuery(customers.query.get.queryOptions({ input: { id: Number(params.id) } })),
  },
]

export const search: SearchProvider = {
  title: 'customers.title',
  may: 'customers.read',
  async find(text, signal) {
    const { items } = await customers.call.search({ text: text.slice(0, 100), limit: 6 }, { signal })
    return items.map((customer) => ({
      key: `customer ${customer.id}`,
      title: called(customer),
      detail: [customer.phone && phoneText(customer.phone), customer.city].filter(Boolean).join(' · '),
      to: `/customers/${customer.id}`,
    }))
  },
}

export const panels: readonly Panel[] = [
  {
    slot: 'staff',
    title: 'customers.owned_title',
    order: 10,
    may: 'staff.manage',
    load: () => import('./OwnedPanel.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'customers.add', to: '/customers/new', may: 'customers.edit' },
]
