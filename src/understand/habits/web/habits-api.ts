import { apiOf } from '#web/api.ts'
import { habitsContract } from '../contract.ts'

export const habits = apiOf('habits', habitsContract)
