import { apiOf } from '#web/api.ts'
import { reviewsContract } from '../contract.ts'

export const reviews = apiOf('reviews', reviewsContract)
