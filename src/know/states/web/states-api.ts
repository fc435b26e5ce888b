import { apiOf } from '#web/api.ts'
import { statesContract } from '../contract.ts'

export const states = apiOf('states', statesContract)
