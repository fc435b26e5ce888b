import type { Module } from '#platform/module.ts'
import { cardRouter } from './api.ts'
import { cardContract } from './contract.ts'

/** The recognition card: somebody calls, comes in, writes, and one knows who it is. It keeps nothing. */
export const card: Module = {
  name: 'card',
  api: { contract: cardContract, router: cardRouter },
}
