import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { predictionsContract } from './contract.ts'
import { askForecast, latestForecast } from './latest-forecast.ts'
import { outlookOf } from './outlook-of.ts'
import { toDoOf } from './to-do.ts'

const api = implement(predictionsContract).$context<RequestContext>()

export const predictionsRouter = api.router({
  forecast: api.forecast.handler(({ context }) => latestForecast(context)),
  make: api.make.handler(async ({ context }) => {
    await askForecast(context)
    return {}
  }),
  toDo: api.toDo.handler(({ context }) => toDoOf(context)),
  outlook: api.outlook.handler(({ context, input }) => outlookOf(context, input.id)),
})
