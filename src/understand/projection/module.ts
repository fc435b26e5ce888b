import type { Module } from '#platform/module.ts'
import { projectionRouter } from './api.ts'
import { projectionContract } from './contract.ts'
import { projectOnce } from './project.ts'

export const projection: Module = {
  name: 'projection',
  api: { contract: projectionContract, router: projectionRouter },
  loops: [{ name: 'projection', everyMs: 400, turn: projectOnce }],
}
