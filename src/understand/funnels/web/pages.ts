import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/funnels',
    title: 'funnels.title',
    nav: { area: 'overview', order: 30 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./FunnelPage.tsx')).FunnelPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'funnels.title', to: '/overview/funnels', may: 'insight.read' },
]
