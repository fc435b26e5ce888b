import type { Module } from '#platform/module.ts'
import { pathsRouter } from './api.ts'
import { pathsContract } from './contract.ts'
import { fileRoute } from './file-route.ts'

/** What customers did next, step by step. Holds nothing: all is counted anew. */
export const paths: Module = {
  name: 'paths',
  api: { contract: pathsContract, router: pathsRouter },
  streams: [fileRoute],
}
