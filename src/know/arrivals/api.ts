import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { arrivalOf, arrivalsOfMany } from './arrival.ts'
import { type ArrivalWay, arrivalsContract } from './contract.ts'
import { arrivalCosts, saveCost } from './costs.ts'
import { addWay, editWay } from './keep-ways.ts'
import { sayArrival, unsayArrival } from './say-arrival.ts'
import { waysOf } from './way.ts'

const api = implement(arrivalsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<ArrivalWay>): Promise<ArrivalWay> {
  const way = await answer
  tagVersion(ctx, way.version)
  return way
}

export const arrivalsRouter = api.router({
  ways: api.ways.handler(async ({ context }) => ({ items: await waysOf(context) })),
  addWay: api.addWay.handler(({ context, input }) => tagged(context, addWay(context, input))),
  editWay: api.editWay.handler(({ context, input }) =>
    tagged(context, editWay(context, editedVersion(context), input)),
  ),
  ofCustomer: api.ofCustomer.handler(async ({ context, input }) => ({ items: await arrivalOf(context, input.id) })),
  say: api.say.handler(async ({ context, input }) => ({ items: await sayArrival(context, input) })),
  unsay: api.unsay.handler(async ({ context, input }) => ({ items: await unsayArrival(context, input.id) })),
  ofMany: api.ofMany.handler(async ({ context, input }) => ({ items: await arrivalsOfMany(context, input.ids) })),
  costs: api.costs.handler(async ({ context, input }) => ({ items: await arrivalCosts(context, input) })),
  saveCost: api.saveCost.handler(({ context, input }) => saveCost(context, input)),
})
