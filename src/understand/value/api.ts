import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { facetsOf, lensOf } from '#understand/query/index.ts'
import { classNamesOf, saveClassNames } from './class-names.ts'
import { valueContract } from './contract.ts'
import { gridOf } from './grid.ts'
import { countStandings, listStandings } from './list-standings.ts'
import { migrationOf } from './migration.ts'
import { regionsWithNames } from './regions-with-names.ts'
import { rulersOf } from './rulers.ts'
import { sentenceOf } from './sentence.ts'
import { standingOfCustomer } from './standing-of.ts'
import { standingsOf } from './standings-of.ts'
import { marginOf, marginTold, saveMargin } from './worth/margin.ts'
import { paybackOf } from './worth/payback-of.ts'
import { worthOf } from './worth/worth-of.ts'

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
  names: api.names.handler(async ({ context }) => {
    const { value: names, version } = await classNamesOf(context)
    tagVersion(context, version)
    return { names, version }
  }),
  saveNames: api.saveNames.handler(async ({ context, input }) => {
    const { value: names, version } = await saveClassNames(context, input, editedVersion(context))
    tagVersion(context, version)
    return { names, version }
  }),
  worth: api.worth.handler(({ context, input }) => worthOf(context, input.id)),
  margin: api.margin.handler(async ({ context }) => {
    const [{ value, version }, told] = await Promise.all([marginOf(context), marginTold(context)])
    tagVersion(context, version)
    return { ...value, version, told }
  }),
  saveMargin: api.saveMargin.handler(async ({ context, input }) => {
    const { value, version } = await saveMargin(context, input, editedVersion(context))
    tagVersion(context, version)
    return { ...value, version }
  }),
  payback: api.payback.handler(({ context, input }) => paybackOf(context, input)),
  facets: api.facets.handler(({ context, input }) => facetsOf(context, input)),
  regions: api.regions.handler(async ({ context }) => ({ items: await regionsWithNames(context) })),
})
