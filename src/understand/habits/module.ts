import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { habitsRouter } from './api.ts'
import { habitsContract } from './contract.ts'
import { habitDrifted } from './facts.ts'
import { noticeDrifts } from './notice-drifts.ts'

/** Habits that drift: what somebody buys, at which price, where, when, with how many discounts, against her own past. */
export const habits: Module = {
  name: 'habits',
  api: { contract: habitsContract, router: habitsRouter },
  facts: [habitDrifted],
  person: {
    tables: [{ table: 'habit_drifts', rows: byProfile(), forget: 'delete' }],
    nobodys: ['habit_looks'],
  },
  jobs: [
    {
      name: 'habits.notice',
      alone: true,
      cron: '40 0 * * *',
      run: async (ctx, _, signal) => {
        await noticeDrifts(ctx, signal)
      },
    },
  ],
}
