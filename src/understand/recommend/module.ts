import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { recommendRouter } from './api.ts'
import { recommendContract } from './contract.ts'
import { productRefused, refusalTakenBack } from './facts.ts'
import { trainWhenDue } from './train.ts'

/** What people are inclined to, what is next for each, and whom a product would interest. */
export const recommend: Module = {
  name: 'recommend',
  api: { contract: recommendContract, router: recommendRouter },
  facts: [productRefused, refusalTakenBack],
  jobs: [
    {
      name: 'recommend.train',
      alone: true,
      cron: '17 * * * *',
      run: (ctx, _data, signal) => trainWhenDue(ctx, signal),
    },
  ],
  person: {
    tables: [{ table: 'product_refusals', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'next_products', by: 'customer_id', holds: 'customer' }],
    nobodys: ['recommend_models'],
    nobodysColumns: ['related_products', 'product_habits'],
  },
}
