import { lifecycleContract } from '#understand/lifecycle/contract.ts'
import { apiOf } from '#web/api.ts'

export const lifecycle = apiOf('lifecycle', lifecycleContract)
