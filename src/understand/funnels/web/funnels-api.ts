import { apiOf } from '#web/api.ts'
import { funnelsContract } from '../contract.ts'

export const funnels = apiOf('funnels', funnelsContract)
