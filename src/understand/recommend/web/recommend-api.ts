import { apiOf } from '#web/api.ts'
import { recommendContract } from '../contract.ts'

export const recommend = apiOf('recommend', recommendContract)
