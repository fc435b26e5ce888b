import type { Module } from '#platform/module.ts'
import { cohortsRouter } from './api.ts'
import { cohortsContract } from './contract.ts'

/** Who bought for the first time together, and how many of them came again. */
export const cohorts: Module = { name: 'cohorts', api: { contract: cohortsContract, router: cohortsRouter } }
