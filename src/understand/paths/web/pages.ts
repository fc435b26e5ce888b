import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/paths',
    title: 'paths.title',
    nav: { area: 'overview', order: 31 },
    may: 'insight.read',
    load: async () => ({ default: (await import('./PathsPage.tsx')).PathsPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'paths.title', to: '/overview/paths', may: 'insight.read' }]
