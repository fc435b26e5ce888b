import { z } from 'zod'

/** Days that come again every year. */
export const yearlyDays = ['birthday', 'firstPurchase', 'added'] as const
export type YearlyDay = (typeof yearlyDays)[number]

/**
 * So many days from the day of the question to the next time; 0: it is that day. A birthday by the calendar by which the person keeps it;
 * of the other days, those a year and more after the first. Unknown where there is no such day.
 */
export type DaysToCondition = { is: 'daysTo'; of: YearlyDay; atLeast?: number; atMost?: number; sure?: true }

/**
 * How old on the day of the question, counted by birthdays as the person keeps them. Unknown without the year; of a year alone, unknown
 * where it depends on the birthday.
 */
export type AgeCondition = { is: 'age'; atLeast?: number; atMost?: number; sure?: true }

/** A birthday falls in one of these months of that year: the moon's fall elsewhere every year, once, twice or not at all. */
export type BirthMonthCondition = { is: 'birthMonth'; in: number[]; sure?: true }

const whole = z.number().int().min(0).max(1000).optional()

/** Only what the person or staff said. */
export const sureShape = z.literal(true).optional()

export const daysToCondition = z
  .object({
    is: z.literal('daysTo'),
    of: z.enum(yearlyDays),
    atLeast: whole,
    atMost: whole,
    sure: sureShape,
  })
  .refine(({ of, sure }) => !sure || of === 'birthday', { message: 'never_sure' })

export const ageCondition = z.object({ is: z.literal('age'), atLeast: whole, atMost: whole, sure: sureShape })

export const birthMonthCondition = z.object({
  is: z.literal('birthMonth'),
  in: z.array(z.number().int().min(1).max(12)).min(1).max(12),
  sure: sureShape,
})
