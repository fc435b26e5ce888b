import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { predictionsRouter } from './api.ts'
import { predictionsContract } from './contract.ts'
import { makeForecast } from './make-forecast.ts'

async function run(ctx: Context, { askedBy }: Record<string, unknown>, signal: AbortSignal): Promise<void> {
  await makeForecast(ctx, { askedBy: typeof askedBy === 'string' ? askedBy : null, signal })
}

/** What is to be expected of each customer, and how well such words have held so far. */
export const predictions: Module = {
  name: 'predictions',
  api: { contract: predictionsContract, router: predictionsRouter },
  person: {
    nobodys: ['forecasts'],
    columns: [{ table: 'outlooks', by: 'customer_id', holds: 'customer' }],
    nobodysColumns: ['forecasts'],
  },
  // After midnight of the shop, when days count anew.
  jobs: [{ name: 'predictions.forecast', alone: true, cron: '20 0 * * *', run }],
}
