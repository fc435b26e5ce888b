import type { Module } from '#platform/module.ts'
import { staffRouter } from './api.ts'
import { staffContract } from './contract.ts'
import { staffFacts } from './facts.ts'

/** The people who work here: accounts, roles, sessions, links to join and to choose a new password. */
export const staff: Module = {
  name: 'staff',
  api: { contract: staffContract, router: staffRouter },
  facts: staffFacts,
  person: {
    nobodys: [
      ...['staff', 'staff_sessions', 'staff_links', 'staff_failures', 'staff_factors', 'staff_recovery_codes'],
      ...['staff_second_steps', 'teams', 'team_members'],
    ],
  },
}
