import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { digestRouter } from './api.ts'
import { digestContract } from './contract.ts'
import { keepDigest } from './keep-digests.ts'

async function run(ctx: Context): Promise<void> {
  await keepDigest(ctx)
}

/** What changed in the week, told once when it is over. */
export const digest: Module = {
  name: 'digest',
  api: { contract: digestContract, router: digestRouter },
  person: { nobodys: ['digests', 'digest_readers'] },
  // Monday morning of the shop; a house that slept then tells the week on the morning after.
  jobs: [{ name: 'digest.keep', alone: true, cron: '10 7 * * *', run }],
}
