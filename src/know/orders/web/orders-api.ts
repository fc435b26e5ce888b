import { apiOf } from '#web/api.ts'
import { ordersContract } from '../contract.ts'

export const orders = apiOf('orders', ordersContract)
