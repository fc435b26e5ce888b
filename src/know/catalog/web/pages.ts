import type { CommandAction, PageRoute, SearchProvider } from '#web/page.ts'
import { catalog } from './catalog-api.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/products',
    title: 'catalog.title',
    nav: { area: 'products' },
    may: 'catalog.read',
    load: async () => ({ default: (await import('./ProductsPage.tsx')).ProductsPage }),
  },
  {
    path: '/products/new',
    title: 'catalog.add',
    may: 'catalog.edit',
    load: async () => ({ default: (await import('./AddProductPage.tsx')).AddProductPage }),
  },
  {
    path: '/products/$id',
    title: 'catalog.product',
    may: 'catalog.read',
    load: async () => ({ default: (await import('./ProductPage.tsx')).ProductPage }),
    prepare: ({ params, queries }) =>
      queries.prefetchQuery(catalog.query.get.queryOptions({ input: { id: Number(params.id) } })),
  },
  {
    path: '/products/$id/edit',
    title: 'catalog.edit',
    may: 'catalog.edit',
    load: async () => ({ default: (await import('./EditProductPage.tsx')).EditProductPage }),
  },
]

export const search: SearchProvider = {
  title: 'catalog.title',
  may: 'catalog.read',
  async find(text, signal) {
    const { items } = await catalog.call.list({ search: text, limit: 5 }, { signal })
    return items.map((product) => ({
      key: `product ${product.id}`,
      title: product.name ?? product.code,
      detail: product.code,
      to: `/products/${product.id}`,
    }))
  },
}

export const actions: readonly CommandAction[] = [{ title: 'catalog.add', to: '/products/new', may: 'catalog.edit' }]
