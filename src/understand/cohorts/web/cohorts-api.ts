import { apiOf } from '#web/api.ts'
import { cohortsContract } from '../contract.ts'

export const cohorts = apiOf('cohorts', cohortsContract)
