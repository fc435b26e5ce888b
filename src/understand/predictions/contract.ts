import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import {
  condition,
  type Foreteller,
  type ForetoldAction,
  foretellers,
  foretoldActions,
} from '#understand/query/contract.ts'

/** The steps of the ladder, from the lowest: her own rhythm, people like her, the model of all buyers. */
const step = z.enum(foretellers)
export type Step = Foreteller

/** A chance from 0 to 1, or a number that is not whole. */
const chance = z.number().nullable()

/**
 * Why there is no model: too few buyers; too short a history to check it; no best parameters were found; they lie at the edge of what
 * is sensible; or the check against the past was too far off.
 */
export const modelFault = z.enum(['too_few', 'too_short', 'not_converged', 'at_limit', 'off'])
export type ModelFault = z.infer<typeof modelFault>

const fitted = { logLikelihood: z.number(), people: z.number(), evaluations: z.number() }

/** BG/NBD over weeks, or why not. */
export const purchaseFit = z.discriminatedUnion('status', [
  z.object({ status: z.literal('holds'), r: z.number(), alpha: z.number(), a: z.number(), b: z.number(), ...fitted }),
  z.object({ status: modelFault, people: z.number() }),
])

/** Gamma-Gamma over minor units, or why not. */
export const spendFit = z.discriminatedUnion('status', [
  z.object({ status: z.literal('holds'), p: z.number(), q: z.number(), gamma: z.number(), ...fitted }),
  z.object({ status: modelFault, people: z.number() }),
])

/** Those of a past day who had bought as often and been silent as long: what they did in the days after. */
const afterwards = z.object({ people: z.number(), again: z.number(), purchases: z.number() })
export const alike = z.object({
  /** Repeat purchases and days of silence, both ends included; null: no end. */
  repeats: z.tuple([z.number(), z.number().nullable()]),
  silence: z.tuple([z.number(), z.number().nullable()]),
  /** Shares and means; null where fewer than 30 people or too few days are there to tell. */
  in90: afterwards.nullable(),
  in365: afterwards.nullable(),
})
export type Alike = z.infer<typeof alike>

/** A tenth of the chances: of so many people in it, what was foretold and what came. `now`: who has such a chance today. */
export const checkBin = z.object({
  from: z.number(),
  people: z.number(),
  expected: z.number(),
  actual: z.number(),
  now: z.number(),
  peopleNow: condition,
})

/** The model of a past day against the days that followed, which it had not seen. */
export const check = z.object({
  cutoff: shape.day,
  /** Days that followed: 90 or 365. */
  days: z.number(),
  people: z.number(),
  bins: z.array(checkBin),
  /** By how much the chances were wrong on average, 0 to 1. */
  off: z.number(),
  purchases: z.object({ expected: z.number(), actual: z.number() }),
})
export type Check = z.infer<typeof check>

/** All repeat purchases since the first day, of who had bought by the cutoff; the model knew only what lay before it. */
export const tracking = z.object({
  cutoff: shape.day,
  points: z.array(z.object({ day: shape.day, actual: z.number(), expected: z.number() })),
})

export const forecast = z.object({
  asOf: shape.day,
  /** The first purchase known; null where nobody bought. */
  since: shape.day.nullable(),
  buyers: z.number(),
  repeaters: z.number(),
  /** Every so many-th buyer was looked at; 1: all. */
  sample: z.number(),
  purchases: purchaseFit,
  spending: spendFit,
  /** Minor units, what a repeat purchase brings in the mean; null where there was none. */
  averageSpend: z.number().nullable(),
  /** Days between purchases: half of the gaps are no longer than `median`, three quarters no longer than `late`. */
  gaps: z.object({ median: z.number(), late: z.number() }).nullable(),
  check: check.nullable(),
  tracking: tracking.nullable(),
  alike: z.array(alike),
  /** How many customers were scored by which step; `none`: nothing can be said of them yet. */
  scored: z.object({ model: z.number(), alike: z.number(), own: z.number(), none: z.number() }),
})
export type Forecast = z.infer<typeof forecast>

export const outlookReason = z.enum([
  'model',
  'alike',
  'own',
  'never_bought',
  'too_little',
  'some_shops',
  'no_forecast',
])

/** What to do about her: nothing yet, help to a second purchase, call soon, call now, win back at little cost or let go. */
export const action = z.enum(foretoldActions)
export type Action = ForetoldAction

export const outlook = z.object({
  customerId: z.number(),
  asOf: shape.day,
  /** The step of the ladder that said it; null where nothing can be said. */
  step: step.nullable(),
  reason: outlookReason,
  /** Why the model was not used; null where it was. */
  modelFault: modelFault.nullable(),
  /** The chance that she still is a customer; of who bought once nobody knows. */
  here: chance,
  again90: chance,
  again365: chance,
  purchases90: z.number().nullable(),
  purchases365: z.number().nullable(),
  /** Minor units. */
  value90: z.number().nullable(),
  value365: z.number().nullable(),
  /** Minor units of today: five years, a year's wait worth a tenth less. Model only. */
  residual: z.number().nullable(),
  spend: z.number().nullable(),
  next: shape.day.nullable(),
  callBefore: shape.day.nullable(),
  action: action.nullable(),
  /** Minor units that winning her back may cost at most (understand/value/worth/payback.ts); of who is late or gone alone. */
  winBack: z.number().nullable(),
  ownerId: z.number().nullable(),
  /** What it rests on. */
  basis: z.object({
    purchaseDays: z.number(),
    daysSince: z.number().nullable(),
    gap: z.number().nullable(),
    longest: z.number().nullable(),
    alike: z.number().nullable(),
  }),
})
export type Outlook = z.infer<typeof outlook>

/** Customers by what is to be done about them, and by who looks after them; null: nobody. */
export const toDo = z.object({
  action,
  customers: z.number(),
  people: condition,
  owners: z.array(z.object({ ownerId: z.number().nullable(), customers: z.number(), people: condition })),
})
export type ToDo = z.infer<typeof toDo>

const tag = 'Predictions'

export const predictionsContract = {
  forecast: endpoint({
    method: 'GET',
    path: '/forecast',
    summary: 'The last forecast of all buyers: model, check against the past, and whether one is being made',
    tag,
    may: 'insight.read',
    scope: 'all',
    input: z.object({}),
    output: z.object({
      forecast: forecast.nullable(),
      /** When the last one was made (machine time), and when one that failed since. */
      madeAt: z.string().nullable(),
      failedAt: z.string().nullable(),
      running: z.boolean(),
    }),
  }),
  make: endpoint({
    method: 'POST',
    path: '/forecast/runs',
    summary: 'Ask for a new forecast soon; one that waits already is enough',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    rate: 'heavy',
    once: false,
    input: z.object({}),
    output: z.object({}),
  }),
  toDo: endpoint({
    method: 'GET',
    path: '/forecast/actions',
    summary: 'Whom to help to a second purchase, call soon, call now, win back or let go, by who looks after them',
    description: 'By the last forecast; who bought since it was made is in none. Nothing where not all shops are seen.',
    tag,
    may: 'insight.read',
    scope: 'rows',
    rate: 'read',
    input: z.object({}),
    output: z.object({ asOf: shape.day, items: z.array(toDo) }),
  }),
  outlook: endpoint({
    method: 'GET',
    path: '/customers/{id}/outlook',
    summary: 'What is expected of a customer, by which step, what it rests on and what to do',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: outlook,
  }),
}
