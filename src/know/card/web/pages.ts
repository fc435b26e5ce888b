import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/card',
    title: 'card.title',
    may: 'customers.read',
    load: async () => ({ default: (await import('./CardPage.tsx')).CardPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'card.title', to: '/card', may: 'customers.read' }]
