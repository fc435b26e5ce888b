import type { CommandAction, PageRoute } from '#web/page.ts'
import { ingest } from './ingest-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/incoming',
    title: 'ingest.title',
    nav: { area: 'settings', order: 35, note: 'ingest.title_note' },
    may: 'ingest.read',
    load: async () => ({ default: (await import('./IncomingPage.tsx')).IncomingPage }),
    prepare: ({ queries }) => queries.prefetchQuery(ingest.query.live.queryOptions({ input: {} })),
  },
  {
    path: '/settings/incoming/new-key',
    title: 'ingest.make',
    may: 'ingest.edit',
    load: async () => ({ default: (await import('./NewWriteKeyPage.tsx')).NewWriteKeyPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'ingest.make', to: '/settings/incoming/new-key', may: 'ingest.edit' },
]
