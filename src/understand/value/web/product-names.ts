import { useQueries } from '@tanstack/react-query'
import { catalogContract } from '#know/catalog/contract.ts'
import type { Condition } from '#understand/query/contract.ts'
import { apiOf } from '#web/api.ts'

const catalog = apiOf('catalog', catalogContract)

/** What the products that a question names are called; those that are not known (yet) are left out. */
export function useProductNames(of: Condition): ReadonlyMap<number, string> {
  const products = useQueries({
    queries: [...new Set(productsIn(of))].map((id) => catalog.query.get.queryOptions({ input: { id } })),
  })
  return new Map(products.flatMap(({ data }) => (data ? [[data.id, data.name ?? data.code] as const] : [])))
}

function productsIn(of: Condition): number[] {
  if (of.is === 'boughtProduct') return [of.productId]
  if (of.is === 'not') return productsIn(of.of)
  return of.is === 'and' || of.is === 'or' ? of.of.flatMap(productsIn) : []
}
