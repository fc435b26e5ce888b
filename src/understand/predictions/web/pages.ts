import type { CommandAction, PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/predictions',
    title: 'predictions.title',
    nav: { area: 'overview', order: 50 },
    may: 'insight.read',
    load: () => import('./ForecastPage.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'predictions.title', to: '/overview/predictions', may: 'insight.read' },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'predictions.outlook',
    order: 12,
    may: 'customers.read',
    load: () => import('./OutlookPanel.tsx'),
  },
  {
    slot: 'dashboard',
    key: 'forecast',
    title: 'predictions.title',
    to: '/overview/predictions',
    order: 50,
    may: 'insight.read',
    load: () => import('./ForecastPanel.tsx'),
  },
  {
    slot: 'overview',
    title: 'predictions.title',
    order: 30,
    may: 'insight.read',
    load: () => import('./ForecastPanel.tsx'),
  },
]
