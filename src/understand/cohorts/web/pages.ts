import type { CommandAction, PageRoute, Panel } from '#web/page.ts'

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

export const panels: readonly Panel[] = [
  {
    slot: 'dashboard',
    key: 'repurchase',
    title: 'metrics.repurchaseWithin',
    to: '/overview/cohorts',
    order: 20,
    may: 'insight.read',
    load: async () => ({ default: (await import('./CohortPanels.tsx')).RepurchasePanel }),
  },
  {
    slot: 'dashboard',
    key: 'retention',
    title: 'metrics.retention',
    to: '/overview/cohorts?what=back',
    order: 21,
    may: 'insight.read',
    load: async () => ({ default: (await import('./CohortPanels.tsx')).RetentionPanel }),
  },
]
