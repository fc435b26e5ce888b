import { apiOf } from '#web/api.ts'
import { activityContract } from '../contract.ts'

export const activity = apiOf('activity', activityContract)
