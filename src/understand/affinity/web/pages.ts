import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/affinity',
    title: 'affinity.title',
    nav: { area: 'overview', order: 35 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./AffinityPage.tsx')).AffinityPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'affinity.title', to: '/overview/affinity', may: 'insight.read' },
]
