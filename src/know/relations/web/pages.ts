import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = []

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'relations.title',
    order: 8,
    may: 'customers.read',
    load: async () => ({ default: (await import('./RelationsPanel.tsx')).RelationsPanel }),
  },
]
