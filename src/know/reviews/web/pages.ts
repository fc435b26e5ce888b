import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/reviews',
    title: 'reviews.title',
    nav: { area: 'products', order: 10 },
    may: 'customers.read',
    load: async () => ({ default: (await import('./ReviewsPage.tsx')).ReviewsPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'order',
    title: 'reviews.title',
    order: 10,
    may: 'customers.read',
    load: async () => ({ default: (await import('./ReviewPanels.tsx')).OrderReviews }),
  },
  {
    slot: 'product',
    title: 'reviews.title',
    order: 20,
    may: 'customers.read',
    load: async () => ({ default: (await import('./ReviewPanels.tsx')).ProductReviews }),
  },
  {
    slot: 'customer',
    title: 'reviews.title',
    order: 22,
    may: 'customers.read',
    load: async () => ({ default: (await import('./ReviewPanels.tsx')).CustomerReviews }),
  },
]
