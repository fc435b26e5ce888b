import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

const rated = z.object({ rating: z.int() })

/** Somebody said what was bought is worth. Subject: the review, in which the words stand; at: when it was said. */
export const reviewSaid = fact('reviews.said', rated)

/** A review was told right. Subject: the review. */
export const reviewCorrected = fact('reviews.corrected', rated)

/** The shop answered. Subject: the review. */
export const reviewAnswered = fact('reviews.answered', rated)

/** A review that never was is taken away. Subject: the review. */
export const reviewRemoved = fact('reviews.removed', rated)
