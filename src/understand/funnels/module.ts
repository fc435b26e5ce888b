import type { Module } from '#platform/module.ts'
import { funnelsRouter } from './api.ts'
import { funnelsContract } from './contract.ts'

/** One thing after another: how many come how far. */
export const funnels: Module = { name: 'funnels', api: { contract: funnelsContract, router: funnelsRouter } }
