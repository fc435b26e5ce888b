import type { PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/audit',
    title: 'audit.title',
    nav: { area: 'settings', order: 35, note: 'audit.title_note' },
    may: 'audit.read',
    load: async () => ({ default: (await import('./AuditPage.tsx')).AuditPage }),
  },
]
