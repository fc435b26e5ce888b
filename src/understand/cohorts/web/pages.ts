import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/cohorts',
    title: 'cohorts.title',
    nav: { area: 'overview', order: 10 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./CohortsPage.tsx')).CohortsPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'cohorts.title', to: '/overview/cohorts', may: 'insight.read' },
]
