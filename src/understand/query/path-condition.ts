import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'
import { daysBetween } from '#platform/days.ts'
import { type EventKind, eventKinds } from './behaviour-conditions.ts'
import { shopsShape } from './order-conditions.ts'

/** By what more than its kind a step is told apart. */
export const pathDetails = ['category', 'product', 'page'] as const
export type PathDetail = (typeof pathDetails)[number]

/**
 * A step of a way: what was done, and of which category, product or page where the way is told apart by it (of none that is known, where
 * none is named); or `nothing`: nothing more in that visit, on the way back nothing before.
 */
export type PathPlace = {
  did: EventKind | 'bought' | 'nothing'
  category?: string
  productId?: number
  page?: string
}

/** One of these, or something that is none of these; without either, whatever was done. */
export type PathStep = { in?: PathPlace[]; out?: PathPlace[] }

/**
 * In a visit went this way: from its first event (`arrival`), or from the first of a kind, forward or `back`, step by step. A visit is what one
 * customer did, purchases included, with less than half an hour between; it is of the day on which it began, and what lies after the last day is not
 * looked at. The same twice in a row is one step. Never unknown.
 */
export type PathCondition = {
  is: 'path'
  start: EventKind | 'bought' | 'arrival'
  back?: true
  by?: PathDetail
  steps: PathStep[]
  /** Where it happened. */
  shopIds?: number[]
  days?: number
  from?: string
  to?: string
}

/** All events of these days are read and put in order, so the days are few. */
export const mostPathDays = 92
export const mostPathSteps = 6

const place = z
  .object({
    did: z.enum([...eventKinds, 'bought', 'nothing']),
    category: shape.text(200).optional(),
    productId: shape.id.optional(),
    page: shape.text(1000).optional(),
  })
  .refine(({ did, category, productId, page }) => {
    const told = [category, productId, page].filter((one) => one !== undefined).length
    return told === 0 || (told === 1 && did !== 'nothing' && did !== 'bought')
  })
const places = z.array(place).min(1).max(50).optional()
const step = z
  .object({ in: places, out: places })
  .refine(({ in: among, out }) => !among || !out, { message: 'in_or_out' })

/** What a way and a table of ways are asked by. */
export const pathShape = {
  start: z.enum(['arrival', ...eventKinds, 'bought']),
  back: z.literal(true).optional(),
  by: z.enum(pathDetails).optional(),
  days: z.number().int().min(1).max(mostPathDays).optional(),
  from: shape.day.optional(),
  to: shape.day.optional(),
}

/** Either the last so many days, or from one to another. */
export function isShort({ days, from, to }: { days?: number; from?: string; to?: string }): boolean {
  if (days !== undefined) return from === undefined && to === undefined
  return from !== undefined && to !== undefined && from <= to && daysBetween(from, to) < mostPathDays
}

const detailOf = { category: 'category', product: 'productId', page: 'page' } as const

export const pathCondition = z
  .object({
    is: z.literal('path'),
    ...pathShape,
    steps: z.array(step).max(mostPathSteps),
    shopIds: shopsShape.optional(),
  })
  .refine(isShort, { message: 'path_days' })
  .refine(({ start, back }) => start !== 'arrival' || !back, { message: 'nothing_before_arrival' })
  .refine(
    ({ by, steps }) =>
      steps
        .flatMap((one) => [...(one.in ?? []), ...(one.out ?? [])])
        .every((one) => Object.values(detailOf).every((key) => one[key] === undefined || (by && detailOf[by] === key))),
    { message: 'by_detail' },
  )
