import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { facetsOf, lensOf } from '#understand/query/index.ts'
import { valueContract } from './contract.ts'
import { gridOf } from './grid.ts'
import { countStandings, listStandings } from './list-standings.ts'
import { migrationOf } from './migration.ts'
import { rulersOf } from './rulers.ts'
import { sentenceOf } from './sentence.ts'
import { standingOfCustomer } from './standing-of.ts'
import { standingsOf } from './standings-of.ts'

const api = implement(valueContract).$context<RequestContext>()

export const valueRouter = api.router({
  standing: api.standing.handler(({ context, input }) => standingOfCustomer(context, input.id)),
  standings: api.standings.handler(async ({ context, input }) => ({ items: await standingsOf(context, input.ids) })),
  rulers: api.rulers.handler(async ({ context, input }) => rulersOf(context, await lensOf(context, input))),
  migration: api.migration.handler(({ context, input }) => migrationOf(context, input)),
  grid: api.grid.handler(({ context, input }) => gridOf(context, input)),
  query: api.query.handler(({ context, input, signal }) => listStandings(context, input, signal)),
  count: api.count.handler(async ({ context, input }) => ({ customers: await countStandings(context, input) })),
  sentence: api.sentence.handler(async ({ context, input }) => ({ sentence: await sentenceOf(context, input.where) })),
  facets: api.facets.handler(({ context, input }) => facetsOf(context, input)),
})
