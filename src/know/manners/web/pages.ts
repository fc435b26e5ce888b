import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = []

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'manners.title',
    order: 0,
    may: 'customers.read',
    load: async () => ({ default: (await import('./MannersPanel.tsx')).MannersPanel }),
  },
]
