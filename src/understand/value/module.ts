import type { Module } from '#platform/module.ts'
import { valueRouter } from './api.ts'
import { valueContract } from './contract.ts'

export const value: Module = { name: 'value', api: { contract: valueContract, router: valueRouter } }
