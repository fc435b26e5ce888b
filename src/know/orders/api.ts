import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { cancelOrder } from './cancel-order.ts'
import { type Order, ordersContract } from './contract.ts'
import { getOrder } from './get-order.ts'
import { listOrders } from './list-orders.ts'
import { recordOrder } from './record-order.ts'
import { settleOrder } from './settle-order.ts'
import { removeStep, tellStep } from './steps/tell-step.ts'

const api = implement(ordersContract).$context<RequestContext>()

function tagged(ctx: RequestContext, order: Order): Order {
  tagVersion(ctx, order.version)
  return order
}

export const ordersRouter = api.router({
  list: api.list.handler(({ context, input }) => listOrders(context, input)),
  get: api.get.handler(async ({ context, input }) => tagged(context, await getOrder(context, input.id))),
  record: api.record.handler(async ({ context, input }) => tagged(context, await recordOrder(context, input))),
  cancel: api.cancel.handler(async ({ context, input }) => tagged(context, await cancelOrder(context, input))),
  settle: api.settle.handler(async ({ context, input }) =>
    tagged(context, await settleOrder(context, editedVersion(context), input)),
  ),
  tellStep: api.tellStep.handler(async ({ context, input }) => tagged(context, await tellStep(context, input))),
  removeStep: api.removeStep.handler(async ({ context, input }) => tagged(context, await removeStep(context, input))),
})
