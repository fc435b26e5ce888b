import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { duplicatesRouter } from './api.ts'
import { duplicatesContract } from './contract.ts'
import { scanAll } from './scan-all.ts'
import { scanChanged } from './scan-changed.ts'

async function runAll(ctx: Context, { askedBy }: Record<string, unknown>, signal: AbortSignal): Promise<void> {
  await scanAll(ctx, { askedBy: typeof askedBy === 'string' ? askedBy : null, signal })
}

/** Who among the customers may be the same person. */
export const duplicates: Module = {
  name: 'duplicates',
  api: { contract: duplicatesContract, router: duplicatesRouter },
  person: {
    tables: [
      {
        table: 'duplicate_suggestions',
        rows: ({ customerIds }) =>
          sql<boolean>`(one_id = any(${customerIds}::bigint[]) or other_id = any(${customerIds}::bigint[]))`,
        forget: 'delete',
        untold: 'says that two records were compared, and of whom the other is',
      },
    ],
    nobodys: ['duplicate_scans'],
  },
  jobs: [
    { name: 'duplicates.scan_all', alone: true, cron: '37 2 * * *', run: runAll },
    {
      name: 'duplicates.scan_changed',
      alone: true,
      cron: '*/10 * * * *',
      run: async (ctx, _data, signal) => {
        await scanChanged(ctx, signal)
      },
    },
  ],
}
