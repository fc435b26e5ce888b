import type { Module } from '#platform/module.ts'
import { affinityRouter } from './api.ts'
import { affinityContract } from './contract.ts'

/** What the same people buy. */
export const affinity: Module = { name: 'affinity', api: { contract: affinityContract, router: affinityRouter } }
