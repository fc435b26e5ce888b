import type { PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/fields',
    title: 'fields.title',
    nav: { area: 'settings', order: 27, note: 'fields.note' },
    may: 'record.edit',
    load: async () => ({ default: (await import('./FieldsPage.tsx')).FieldsPage }),
  },
  {
    path: '/settings/fields/new',
    title: 'fields.add',
    may: 'record.edit',
    load: async () => ({ default: (await import('./FieldPage.tsx')).NewFieldPage }),
  },
  {
    path: '/settings/fields/$id',
    title: 'fields.field',
    may: 'record.edit',
    load: async () => ({ default: (await import('./FieldPage.tsx')).FieldPage }),
  },
]
