import type { Module } from '#platform/module.ts'
import { valueRouter } from './api.ts'
import { valueContract } from './contract.ts'
import { classesNamed, marginChanged } from './facts.ts'

export const value: Module = {
  name: 'value',
  api: { contract: valueContract, router: valueRouter },
  facts: [marginChanged, classesNamed],
}
