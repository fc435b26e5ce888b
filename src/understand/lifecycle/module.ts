import type { Module } from '#platform/module.ts'
import { byCustomer } from '#platform/person/index.ts'
import { lifecycleRouter } from './api.ts'
import { lifecycleContract } from './contract.ts'
import { goodsThresholdsChanged, stageChanged, thresholdsChanged } from './facts.ts'
import { keepStages } from './keep-stages.ts'

export const lifecycle: Module = {
  name: 'lifecycle',
  api: { contract: lifecycleContract, router: lifecycleRouter },
  facts: [stageChanged, thresholdsChanged, goodsThresholdsChanged],
  // The shop's midnight needs no appointment: a turn looks by an index whether today has come for anyone.
  loops: [{ name: 'stages', everyMs: 1000, turn: keepStages }],
  person: {
    tables: [{ table: 'customer_stages', rows: byCustomer(), forget: 'delete' }],
    nobodys: ['stage_keeping', 'stage_thresholds'],
  },
}
