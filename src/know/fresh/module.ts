import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { freshRouter } from './api.ts'
import { askToConfirm } from './ask.ts'
import { hearAsks, hearChanges } from './confirm.ts'
import { freshContract } from './contract.ts'
import { fieldConfirmed, fieldDoubted, termsChanged } from './facts.ts'

/** How old what is known of people is, and asking them when one meets them. */
export const fresh: Module = {
  name: 'fresh',
  api: { contract: freshContract, router: freshRouter },
  facts: [fieldConfirmed, fieldDoubted, termsChanged],
  listens: [
    { name: 'fresh.asks', kinds: ['talks.closed', 'talks.opened'], hear: hearAsks },
    { name: 'fresh.changes', kinds: ['customers.changed', 'customers.identifier_added'], hear: hearChanges },
  ],
  jobs: [{ name: 'fresh.ask', alone: true, cron: '27 * * * *', run: async (ctx) => void (await askToConfirm(ctx)) }],
  person: {
    tables: [
      { table: 'confirmations', rows: byProfile(), forget: 'delete' },
      { table: 'field_faults', rows: byProfile(), forget: 'delete' },
    ],
  },
}
