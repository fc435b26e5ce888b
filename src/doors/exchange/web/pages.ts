import type { CommandAction, PageRoute } from '#web/page.ts'
import { exchange } from './exchange-api.ts'

const may = 'exchange.import'

export const pages: readonly PageRoute[] = [
  {
    path: '/import',
    title: 'exchange.page.title',
    nav: { area: 'import' },
    may,
    load: async () => ({ default: (await import('./ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: '/import/$id',
    title: 'exchange.page.import',
    may,
    load: async () => ({ default: (await import('./ImportPage.tsx')).ImportPage }),
    prepare: ({ params, queries }) =>
      queries.prefetchQuery(exchange.query.get.queryOptions({ input: { id: Number(params.id) } })),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'exchange.page.import_file', to: '/import', may }]
