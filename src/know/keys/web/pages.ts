import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/keys',
    title: 'keys.title',
    nav: { area: 'settings', order: 40, note: 'keys.title_note' },
    may: 'keys.manage',
    load: async () => ({ default: (await import('./KeysPage.tsx')).KeysPage }),
  },
  {
    path: '/settings/keys/new',
    title: 'keys.make',
    may: 'keys.manage',
    load: async () => ({ default: (await import('./NewKeyPage.tsx')).NewKeyPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'keys.make', to: '/settings/keys/new', may: 'keys.manage' }]
