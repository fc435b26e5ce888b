import { apiOf } from '#web/api.ts'
import { catalogContract } from '../contract.ts'

export const catalog = apiOf('catalog', catalogContract)
