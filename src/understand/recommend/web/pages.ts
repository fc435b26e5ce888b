import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = []

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'recommend.next',
    order: 14,
    may: 'customers.read',
    load: async () => ({ default: (await import('./NextPanel.tsx')).NextPanel }),
  },
  {
    slot: 'customer',
    title: 'recommend.taste',
    order: 16,
    may: 'customers.read',
    load: async () => ({ default: (await import('./TastePanel.tsx')).TastePanel }),
  },
  {
    slot: 'product',
    title: 'recommend.related',
    order: 20,
    may: 'catalog.read',
    load: async () => ({ default: (await import('./RelatedPanel.tsx')).RelatedPanel }),
  },
  {
    slot: 'product',
    title: 'recommend.audience',
    order: 30,
    may: 'insight.read',
    load: async () => ({ default: (await import('./AudiencePanel.tsx')).AudiencePanel }),
  },
]
