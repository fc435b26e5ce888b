import { apiOf } from '#web/api.ts'
import { mannersContract } from '../contract.ts'

export const manners = apiOf('manners', mannersContract)
