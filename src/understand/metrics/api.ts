import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { arrivalNumbers } from './arrival-numbers.ts'
import { metricsContract } from './contract.ts'
import { definitionsFor } from './definitions-for.ts'
import { overview } from './overview.ts'
import { productNumbers } from './product-numbers.ts'

const api = implement(metricsContract).$context<RequestContext>()

export const metricsRouter = api.router({
  definitions: api.definitions.handler(({ context }) => ({ items: definitionsFor(context) })),
  overview: api.overview.handler(({ context, input }) => overview(context, input)),
  arrivals: api.arrivals.handler(({ context, input }) => arrivalNumbers(context, input)),
  product: api.product.handler(({ context, input }) => productNumbers(context, input)),
})
