import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/states',
    title: 'states.title',
    nav: { area: 'settings', order: 26, note: 'states.note' },
    may: 'record.edit',
    load: () => import('./StatesPage.tsx'),
  },
  {
    path: '/states/$id',
    title: 'states.people',
    may: 'customers.read',
    load: () => import('./StatePage.tsx'),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'states.of_customer',
    order: 11,
    may: 'customers.read',
    load: () => import('./StatePanel.tsx'),
  },
  {
    slot: 'overview',
    title: 'states.overview',
    order: 14,
    may: 'insight.read',
    load: () => import('./StatesPanel.tsx'),
  },
]
