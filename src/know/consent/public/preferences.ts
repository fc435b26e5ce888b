import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { addressKinds, type Channel, channels, type Purpose } from '../consent.ts'
import type { Link } from '../links.ts'
import { type ConsentState, mayContact } from '../may-contact.ts'
import { recordConsents, type Said } from '../record-consents.ts'
import { markOn } from '../standing.ts'

/** What customers choose about by themselves. What was bought needs its messages, so `service` is told of and not asked. */
export const chosenPurposes = ['promotion', 'care'] as const satisfies readonly Purpose[]

/** What a customer sees of the own choices: the ways that reach them, and what they said. */
export type Choices = {
  cells: { channel: Channel; purpose: Purpose; on: boolean }[]
  lessOften: boolean
  impersonal: boolean
  pausedUntil: Date | null
  paused: boolean
}

export function choicesOf(state: ConsentState, now: Date): Choices {
  const { words, profileIds, addresses } = state
  const pause = markOn(words, profileIds, 'pause', now)
  const reached = channels.filter((channel) => (addresses[addressKinds[channel]] ?? 0) > 0)
  // A pause hides no choice: what is ticked is what holds after it.
  const awake = { ...state, words: words.filter(({ subject }) => subject !== 'pause') }
  return {
    cells: chosenPurposes.flatMap((purpose) =>
      reached.map((channel) => ({
        channel,
        purpose,
        on: mayContact(awake, { channel, purpose, brandId: null, at: now }).may === 'yes',
      })),
    ),
    lessOften: markOn(words, profileIds, 'less_often', now) !== undefined,
    impersonal: markOn(words, profileIds, 'impersonal', now) !== undefined,
    paused: pause !== undefined,
    pausedUntil: pause?.expiresAt ?? null,
  }
}

/** What a filled-in page changes: only what differs from what it showed is said. */
export function changesIn(form: FormData, before: Choices, now: Date): Said[] {
  const ticked = new Set(form.getAll('yes').map(String))
  const said: Said[] = before.cells.flatMap(({ channel, purpose, on }) => {
    const wanted = ticked.has(`${channel}.${purpose}`)
    if (wanted === on) return []
    return [{ subject: 'contact', channel, purpose, decision: wanted ? 'allowed' : 'refused' } as const]
  })
  for (const [subject, field, was] of [
    ['less_often', 'less', before.lessOften],
    ['impersonal', 'impersonal', before.impersonal],
  ] as const) {
    const wanted = form.has(field)
    if (wanted !== was) said.push({ subject, decision: wanted ? 'on' : 'off' })
  }
  const pause = String(form.get('pause') ?? '')
  if (/^(1|3|6|12)$/.test(pause)) {
    said.push({ subject: 'pause', decision: 'on', until: monthsLater(now, Number(pause)) })
  } else if (pause === 'end' && before.paused) said.push({ subject: 'pause', decision: 'off' })
  return said
}

/** Everything that the person is not owed: nothing that sells, nothing that cares. */
export const nothingMore: readonly Said[] = chosenPurposes.map((purpose) => ({
  subject: 'contact',
  channel: 'any',
  purpose,
  decision: 'refused',
}))

/** What ending one kind of message says. Of a link that names none: of all. */
export function endOf({ channel, purpose }: Link): readonly Said[] {
  if (!channel || !purpose) return nothingMore
  return [{ subject: 'contact', channel, purpose, decision: 'refused' }]
}

/** Writes down what a customer said on the page, with what was shown there. */
export async function choose(
  ctx: Context,
  said: readonly Said[],
  how: {
    customerId: number
    profileId: number
    way: 'page' | 'one_click' | 'confirmed'
    shown: { locale: Locale; words: string }
    evidence: Record<string, string>
  },
): Promise<void> {
  if (said.length === 0) return
  const { customerId, profileId, way, shown, evidence } = how
  // The token is the permission; who holds it is the customer.
  const actor = { ...ctx.actor, label: 'customer', scope: { kind: 'all' } as const }
  await recordConsents({ ...ctx, actor }, { customerId, profileId, said, way, text: shown, evidence })
}

/** The same day some months later, or the last of its month. */
function monthsLater(now: Date, months: number): Date {
  const later = new Date(now)
  later.setUTCDate(1)
  later.setUTCMonth(later.getUTCMonth() + months)
  const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate()
  later.setUTCDate(Math.min(now.getUTCDate(), days))
  return later
}
