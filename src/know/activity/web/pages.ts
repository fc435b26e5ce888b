import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/activity',
    title: 'activity.title',
    may: 'customers.read',
    load: async () => ({ default: (await import('./ActivityPage.tsx')).ActivityPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'activity.title', to: '/activity', may: 'customers.read' }]
