import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

const id = z.number().nullable()

/** A customer was moved to another state, or to none (null). Subject: the customer. */
export const stateMoved = fact('states.moved', z.object({ from: id, to: id }))

/** A state was declared, or changed. Subject: the state. */
export const stateDeclared = fact('states.declared', z.object({}))
export const stateChanged = fact('states.changed', z.object({ fields: z.array(z.string()) }))
