import type { Module } from '#platform/module.ts'
import { membershipRouter } from './api.ts'
import { membershipContract } from './contract.ts'
import { segmentEntered, segmentLeft } from './facts.ts'
import { keepMemberships } from './keep-memberships.ts'

/** Who is in each saved segment, kept right by itself: by what comes to the columns, and by the shop's midnight. */
export const membership: Module = {
  name: 'membership',
  api: { contract: membershipContract, router: membershipRouter },
  facts: [segmentEntered, segmentLeft],
  loops: [{ name: 'memberships', everyMs: 500, turn: keepMemberships }],
  person: {
    // Numbers of customers, which lead to nobody once the person is forgotten; they leave with the next count as a whole.
    nobodys: ['segment_memberships', 'segment_flips', 'segment_sizes', 'membership_keeping'],
    nobodysColumns: ['memberships', 'membership_flips'],
  },
}
