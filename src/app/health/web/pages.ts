import type { PageRoute } from '#web/page.ts'
import { health } from './health-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/health',
    title: 'health.page.title',
    nav: { area: 'settings', order: 80, note: 'health.page.note' },
    may: 'system.read',
    load: async () => ({ default: (await import('./HealthPage.tsx')).HealthPage }),
    prepare: ({ queries }) => queries.prefetchQuery(health.query.look.queryOptions({ input: {} })),
  },
]
