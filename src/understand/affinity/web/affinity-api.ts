import { apiOf } from '#web/api.ts'
import { affinityContract } from '../contract.ts'

export const affinities = apiOf('affinity', affinityContract)
