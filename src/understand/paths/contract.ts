import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition, everyone, isShort, mostPathDays, pathShape } from '#understand/query/contract.ts'

/** The last so many days up to the day of the question, that one included; or from day to day. At most a quarter of a year. */
export const pathPeriod = z.union([
  z.object({ days: z.number().int().min(1).max(mostPathDays) }),
  z.object({ from: shape.day, to: shape.day }).refine(isShort, { message: 'path_days' }),
])
export type PathPeriod = z.infer<typeof pathPeriod>

/** From where ways are followed, and back or forward; how many steps, and how many places of each are told apart. */
export const pathAsks = z
  .object({
    start: pathShape.start.default('arrival'),
    back: pathShape.back,
    by: pathShape.by,
    steps: z.number().int().min(1).max(5).default(4),
    places: z.number().int().min(2).max(20).default(5),
    period: pathPeriod.default({ days: 28 }),
    compare: z.boolean().default(false),
    where: condition.default(everyone),
    shopIds: z
      .array(shape.id.max(2 ** 31 - 1))
      .min(1)
      .max(200)
      .optional(),
  })
  .refine(({ start, back }) => start !== 'arrival' || !back, { message: 'nothing_before_arrival' })
export type PathAsks = z.infer<typeof pathAsks>

const sums = {
  visits: z.number(),
  people: z.number(),
  /** Of all visits asked about; 0 to 1. */
  share: z.number().nullable(),
  /** In the days before; null where they are not compared. */
  visitsBefore: z.number().nullable(),
  peopleBefore: z.number().nullable(),
  /** Who stands behind it, and behind those of the days before. */
  whose: condition,
  whoseBefore: condition.nullable(),
}

/** A place that ways come to at a step; without `did` all that are not told apart. */
const place = z.object({
  at: z.number().int(),
  /** Names it among those of its step. */
  key: z.string(),
  did: z.string().nullable(),
  /** Of what: a category, the name of a product, the address of a page; null where nothing is known or told apart. */
  of: z.string().nullable(),
  ...sums,
})
export type PathPlaceSums = z.infer<typeof place>

/** From a place of the step before to one of this step. Of the first step there are none: all of it comes from the start. */
const link = z.object({ at: z.number().int(), from: z.string(), to: z.string(), ...sums })
export type PathLink = z.infer<typeof link>

const span = z.object({ from: shape.day, to: shape.day })

export const pathAnswer = z.object({
  asOf: shape.day,
  period: span,
  before: span.nullable(),
  all: z.object(sums),
  /** By step, those with the most visits first. */
  places: z.array(place),
  links: z.array(link),
})
export type PathAnswer = z.infer<typeof pathAnswer>

/** Ways as they are asked for, on a day; today unless told. */
export const pathsWanted = z.object({ asks: pathAsks, asOf: shape.day.optional() })
export type PathsWanted = z.infer<typeof pathsWanted>

export const pathsContract = {
  run: endpoint({
    method: 'POST',
    path: '/paths/answers',
    summary:
      'What customers did next: from arrival, or from what they did first of a kind, step by step, forward or back',
    description:
      'A visit is what one customer did, purchases included, with less than half an hour between, and belongs to the day on which it began. ' +
      'The same twice in a row is one step. Known customers alone.',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: pathsWanted,
    output: pathAnswer,
  }),
}
