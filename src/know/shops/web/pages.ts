import type { PageRoute } from '#web/page.ts'

const places = ['shops', 'channels', 'brands'] as const

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/merchant',
    title: 'shops.merchant',
    nav: { area: 'settings', order: 10, note: 'shops.merchant_note' },
    may: 'shops.edit',
    load: async () => ({ default: (await import('./MerchantPage.tsx')).MerchantPage }),
  },
  {
    path: '/settings/shops',
    title: 'shops.places',
    nav: { area: 'settings', order: 20, note: 'shops.places_note' },
    may: 'shops.read',
    load: async () => ({ default: (await import('./PlacesPage.tsx')).PlacesPage }),
  },
  ...places.flatMap((place): PageRoute[] => [
    {
      path: `/settings/${place}/new`,
      title: `shops.${place}.add`,
      may: 'shops.edit',
      load: async () => {
        const { AddPlacePage } = await import('./AddPlacePage.tsx')
        return { default: () => AddPlacePage({ place }) }
      },
    },
    {
      path: `/settings/${place}/$id`,
      title: `shops.${place}.one`,
      may: 'shops.edit',
      load: async () => {
        const { EditPlacePage } = await import('./EditPlacePage.tsx')
        return { default: () => EditPlacePage({ place }) }
      },
    },
  ]),
]
