import type { Module } from '#platform/module.ts'
import { consentRouter } from './api.ts'
import { consentContract } from './contract.ts'
import { consentFacts } from './facts.ts'
import { consentOfPerson } from './person.ts'
import { preferenceRoutes } from './public/routes.ts'

/** What people allowed, and the one answer to whether they may be written to. */
export const consent: Module = {
  name: 'consent',
  api: { contract: consentContract, router: consentRouter },
  facts: consentFacts,
  public: preferenceRoutes,
  person: consentOfPerson,
}
