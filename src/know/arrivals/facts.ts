import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { arrivalOrigin } from './contract.ts'

/** Where a customer came from was said. Subject: the way, where there is one. */
export const arrivalSaid = fact('arrivals.said', z.object({ origin: arrivalOrigin, referred: z.boolean() }))

/** What a hand said of it was taken back. */
export const arrivalUnsaid = fact('arrivals.unsaid', z.object({}))

/** A way by which people come is there to choose, is called otherwise, or is chosen no more. Subject: the way. */
export const wayAdded = fact('arrivals.way_added', z.object({}))
export const wayChanged = fact('arrivals.way_changed', z.object({ fields: z.array(z.string()) }))

/** What a way cost in a month was said. Subject: the way. */
export const costSaid = fact('arrivals.cost_said', z.object({ month: z.string(), amount: z.int() }))
