import type { PageRoute } from '#web/page.ts'
import { backup } from './backup-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/backups',
    title: 'backup.page.title',
    nav: { area: 'settings', order: 82, note: 'backup.page.note' },
    may: 'system.read',
    load: async () => ({ default: (await import('./BackupsPage.tsx')).BackupsPage }),
    prepare: ({ queries }) => queries.prefetchQuery(backup.query.list.queryOptions({ input: { limit: 20 } })),
  },
]
