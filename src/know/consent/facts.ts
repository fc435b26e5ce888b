import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { channels, purposes, subjects, ways } from './consent.ts'

const about = z.object({
  channel: z.enum([...channels, 'any']),
  purpose: z.enum([...purposes, 'any']),
  way: z.enum(ways),
})

/** A customer may be written to. Subject of all: the customer. What is under way reads it before it leaves. */
export const consentAllowed = fact('consent.allowed', about)

/** A customer may not be written to any more. */
export const consentRefused = fact('consent.refused', about)

/** A yes that somebody told us waits for the person's own. */
export const consentAsked = fact('consent.asked', about)

/** A pause, fewer messages, nothing personal, a minor, deceased: begins (on) or ends. */
export const consentMarked = fact(
  'consent.marked',
  z.object({ subject: z.enum(subjects), on: z.enum(['on', 'off']), way: z.enum(ways) }),
)

/** The customer allowed messages one by one. */
export const consentGranted = fact('consent.granted', z.object({ channel: z.enum(channels), count: z.int() }))

export const consentFacts = [consentAllowed, consentRefused, consentAsked, consentMarked, consentGranted]
