import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { talksRouter } from './api.ts'
import { talksContract } from './contract.ts'
import {
  promiseClosed,
  promiseMade,
  promiseMoved,
  promiseOpened,
  talkCorrected,
  talkLogged,
  talkRemoved,
} from './facts.ts'

/** What was said with people, what was promised to them, and when to speak again. */
export const talks: Module = {
  name: 'talks',
  api: { contract: talksContract, router: talksRouter },
  person: {
    tables: [
      { table: 'talks', rows: byProfile(), forget: 'delete' },
      { table: 'promises', rows: byProfile(), forget: 'delete' },
      { table: 'profile_talks', rows: byProfile(), forget: 'delete', untold: 'days of the talks and promises above' },
    ],
    columns: [{ table: 'profile_talks', by: 'profile_id', holds: 'profile', untold: 'days of talks and promises' }],
  },
  facts: [talkLogged, talkCorrected, talkRemoved, promiseMade, promiseMoved, promiseClosed, promiseOpened],
}
