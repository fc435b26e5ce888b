import { apiOf } from '#web/api.ts'
import { arrivalsContract } from '../contract.ts'

export const arrivals = apiOf('arrivals', arrivalsContract)
