import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { exchangeRouter } from './api.ts'
import { exchangeContract } from './contract.ts'
import { importApplied, importUndone } from './facts.ts'
import { exchangeOfPerson } from './person.ts'
import { run } from './run.ts'
import { exchangeStreams } from './streams.ts'
import { tend } from './tend.ts'

async function runImport(ctx: Context, data: Record<string, unknown>, signal: AbortSignal): Promise<void> {
  await run(ctx, Number(data.id), signal)
}

/** How files come in. @param options.uploads folder where uploads lie, below the data folder */
export function exchangeModule(options: { uploads: string }): Module {
  return {
    name: 'exchange',
    api: { contract: exchangeContract, router: exchangeRouter },
    streams: exchangeStreams(options.uploads),
    facts: [importApplied, importUndone],
    person: exchangeOfPerson,
    jobs: [
      { name: 'exchange.run', alone: true, run: runImport },
      { name: 'exchange.tend', alone: true, cron: '* * * * *', run: (ctx) => tend(ctx) },
    ],
  }
}
