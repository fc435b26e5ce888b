import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/reports',
    title: 'reports.title',
    nav: { area: 'overview', order: 20 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./ReportsPage.tsx')).ReportsPage }),
  },
  {
    path: '/overview/reports/new',
    title: 'reports.new',
    may: 'insight.read',
    load: async () => ({ default: (await import('./ReportPage.tsx')).NewReportPage }),
  },
  {
    path: '/overview/reports/$id',
    title: 'reports.title',
    may: 'insight.read',
    load: async () => ({ default: (await import('./ReportPage.tsx')).ReportPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'reports.title', to: '/overview/reports', may: 'insight.read' },
  { title: 'reports.new', to: '/overview/reports/new', may: 'insight.read' },
]
