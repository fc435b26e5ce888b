import { apiOf } from '#web/api.ts'
import { dashboardsContract } from '../contract.ts'

export const dashboards = apiOf('dashboards', dashboardsContract)
