import type { Locale } from '#platform/i18n/index.ts'
import { say } from '#platform/i18n/index.ts'
import type { Finding as Told } from './contract.ts'

/**
 * Something that is not as it should be. Its words stand in the messages: `health.<code>` says what, `health.<code>.why` why it
 * matters, `health.<code>.mend` what to do.
 */
export type Finding = {
  code: string
  /** wrong: data is in danger, or something does not work. look: it works, and should be looked at. */
  level: 'wrong' | 'look'
  params?: Record<string, string | number>
  /** What to type, in order; exact. */
  commands?: string[]
}

/** A finding in a language. */
export function told(locale: Locale, { code, level, params = {}, commands = [] }: Finding): Told {
  return {
    code,
    level,
    what: say(locale, `health.${code}`, params),
    why: say(locale, `health.${code}.why`, params),
    mend: say(locale, `health.${code}.mend`, params),
    commands,
  }
}
