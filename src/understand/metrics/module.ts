import type { Module } from '#platform/module.ts'
import { metricsRouter } from './api.ts'
import { metricsContract } from './contract.ts'

export const metrics: Module = { name: 'metrics', api: { contract: metricsContract, router: metricsRouter } }
