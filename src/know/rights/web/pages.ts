import type { CommandAction, PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/privacy',
    title: 'rights.title',
    nav: { area: 'settings', order: 44, note: 'rights.note' },
    may: 'privacy.manage',
    load: async () => ({ default: (await import('./PrivacyRequestsPage.tsx')).PrivacyRequestsPage }),
  },
  {
    path: '/settings/privacy/new',
    title: 'rights.add',
    may: 'privacy.manage',
    load: async () => ({ default: (await import('./NewPrivacyRequestPage.tsx')).NewPrivacyRequestPage }),
  },
  {
    path: '/settings/privacy/rules',
    title: 'rights.rules',
    may: 'privacy.manage',
    load: async () => ({ default: (await import('./PrivacyRulesPage.tsx')).PrivacyRulesPage }),
  },
  {
    path: '/settings/privacy/$id',
    title: 'rights.request',
    may: 'privacy.manage',
    load: async () => ({ default: (await import('./PrivacyRequestPage.tsx')).PrivacyRequestPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'rights.of_customer',
    order: 95,
    may: 'privacy.manage',
    load: () => import('./RightsPanel.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'rights.title', to: '/settings/privacy', may: 'privacy.manage' },
]
