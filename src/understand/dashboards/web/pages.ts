import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/dashboards',
    title: 'dashboards.title',
    nav: { area: 'overview', order: 5 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./HousePage.tsx')).HousePage }),
  },
  {
    path: '/overview/dashboards/new',
    title: 'dashboards.new',
    may: 'reports.edit',
    load: async () => ({ default: (await import('./DashboardPage.tsx')).NewDashboardPage }),
  },
  {
    path: '/overview/dashboards/$id',
    title: 'dashboards.title',
    may: 'insight.read',
    load: async () => ({ default: (await import('./DashboardPage.tsx')).DashboardPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'dashboards.title', to: '/overview/dashboards', may: 'insight.read' },
]
