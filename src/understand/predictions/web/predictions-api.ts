import { valueContract } from '#understand/value/contract.ts'
import { apiOf } from '#web/api.ts'
import { predictionsContract } from '../contract.ts'

export const predictions = apiOf('predictions', predictionsContract)
export const value = apiOf('value', valueContract)
