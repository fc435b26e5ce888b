import type { Module } from '#platform/module.ts'
import { ordersRouter } from './api.ts'
import { ordersContract } from './contract.ts'
import { ordersCancelled, ordersChanged, ordersPlaced, stepFacts, stepRemoved } from './facts.ts'
import { ordersOfPerson } from './person.ts'

/** What customers bought and gave back. */
export const ordersModule: Module = {
  name: 'orders',
  api: { contract: ordersContract, router: ordersRouter },
  facts: [ordersPlaced, ordersCancelled, ordersChanged, ...Object.values(stepFacts), stepRemoved],
  person: ordersOfPerson,
}
