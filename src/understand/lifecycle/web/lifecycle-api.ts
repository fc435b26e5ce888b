import { apiOf } from '#web/api.ts'
import { lifecycleContract } from '../contract.ts'

export const lifecycle = apiOf('lifecycle', lifecycleContract)
