import { apiOf } from '#web/api.ts'
import { cardContract } from '../contract.ts'

export const card = apiOf('card', cardContract)
