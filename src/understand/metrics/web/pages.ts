import type { CommandAction, PageRoute, Panel } from '#web/page.ts'
import { insight } from './insight-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/',
    title: 'metrics.title',
    nav: { area: 'overview', icon: 'overview' },
    may: 'insight.read',
    load: () => import('./OverviewPage.tsx'),
    prepare: ({ queries, search }) => {
      const { asOf, from, to } = search as Record<string, string | undefined>
      return queries.prefetchQuery(insight.query.overview.queryOptions({ input: { asOf, from, to } }))
    },
  },
  {
    path: '/overview/sources',
    title: 'arrivals.costs',
    nav: { area: 'overview', order: 60 },
    may: 'insight.read',
    load: () => import('./SourcesPage.tsx'),
  },
  {
    path: '/overview/definitions',
    title: 'metrics.definitions',
    nav: { area: 'overview', order: 90 },
    may: 'insight.read',
    load: () => import('./DefinitionsPage.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'arrivals.costs', to: '/overview/sources', may: 'insight.read' },
  { title: 'metrics.definitions', to: '/overview/definitions', may: 'insight.read' },
]

export const panels: readonly Panel[] = [
  {
    slot: 'dashboard',
    key: 'revenue',
    title: 'metrics.revenue_and_buyers',
    to: '/',
    order: 10,
    may: 'insight.read',
    load: () => import('./RevenuePanel.tsx'),
  },
  {
    slot: 'product',
    title: 'metrics.product.title',
    order: 10,
    may: 'insight.read',
    load: () => import('./ProductPanel.tsx'),
  },
  {
    slot: 'overview',
    title: 'arrivals.ways',
    order: 40,
    may: 'insight.read',
    load: () => import('./SourcesPanel.tsx'),
  },
]
