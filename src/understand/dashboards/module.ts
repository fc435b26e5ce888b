import type { Module } from '#platform/module.ts'
import { dashboardsRouter } from './api.ts'
import { dashboardsContract } from './contract.ts'

/** Pages of several numbers: what they show and in which order. The numbers are counted anew where they are read. */
export const dashboards: Module = {
  name: 'dashboards',
  api: { contract: dashboardsContract, router: dashboardsRouter },
  person: { nobodys: ['dashboards'] },
}
