import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/weeks',
    title: 'digest.title',
    nav: { area: 'overview', order: 70 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./WeeksPage.tsx')).WeeksPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'today',
    title: 'digest.last_week',
    order: 10,
    may: 'insight.read',
    load: async () => ({ default: (await import('./NewsPanel.tsx')).NewsPanel }),
  },
]
