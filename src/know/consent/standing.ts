import type { Channel, Purpose, Subject, Word } from './consent.ts'

/** What is asked about: one channel, for one purpose, of one brand (null: of the shop as a whole). */
export type Cell = { channel: Channel; purpose: Purpose; brandId: number | null }

/** What the words of one person come to in a cell. `word`: the one that decides. */
export type Standing = { is: 'refused' | 'allowed' | 'asked' | 'expired'; word: Word } | { is: 'silent' }

/**
 * What a customer's profiles say together of a cell: the most restrictive.
 *
 * Of one profile speak its own rows, and rows of the customer's other profiles that cover it. A later row replaces an earlier one
 * of the same channel, purpose and brand. A refusal stands until a later yes that is no wider than it: a yes to everything does
 * not lift "never phone".
 */
export function standingIn(words: readonly Word[], profileIds: readonly number[], cell: Cell, now: Date): Standing {
  const contact = words.filter((word) => word.subject === 'contact' && matches(word, cell))
  const each = profileIds.map((profileId) => ofProfile(wordsOf(contact, profileId, profileIds), now))
  for (const is of ['refused', 'asked', 'allowed', 'expired'] as const) {
    const found = each.filter((one) => one.is === is).sort((a, b) => later(wordIn(b), wordIn(a)))
    if (found[0]) return found[0]
  }
  return { is: 'silent' }
}

/** The word by which a mark is on at this moment, if it is: on one profile is on. A pause without an end comes before one with. */
export function markOn(
  words: readonly Word[],
  profileIds: readonly number[],
  subject: Exclude<Subject, 'contact'>,
  now: Date,
  cell?: Cell,
): Word | undefined {
  const about = words.filter((word) => word.subject === subject && (!cell || matches(word, cell)))
  const on = profileIds.flatMap((profileId) =>
    wordsOf(about, profileId, profileIds).filter((word) => word.decision === 'on' && !isOver(word, now)),
  )
  return on.sort((a, b) => endOf(b) - endOf(a) || later(b, a))[0]
}

function matches(word: Word, { channel, purpose, brandId }: Cell): boolean {
  return (
    (word.channel === 'any' || word.channel === channel) &&
    (word.purpose === 'any' || word.purpose === purpose) &&
    (word.brandId === null || word.brandId === brandId)
  )
}

/** The words that speak of a profile, the latest of each channel, purpose and brand. */
function wordsOf(words: readonly Word[], profileId: number, profileIds: readonly number[]): Word[] {
  const latest = new Map<string, Word>()
  for (const word of words) {
    const speaks =
      word.profileId === profileId || (profileIds.includes(word.profileId) && word.covers.includes(profileId))
    if (!speaks) continue
    const key = `${word.channel} ${word.purpose} ${word.brandId}`
    const known = latest.get(key)
    if (!known || later(word, known) > 0) latest.set(key, word)
  }
  return [...latest.values()]
}

function ofProfile(words: readonly Word[], now: Date): Standing {
  const refusals = words.filter((word) => word.decision === 'refused' && !isOver(word, now))
  const yeses = words.filter((word) => word.decision === 'allowed' && !isOver(word, now))
  const standing = newest(refusals.filter((no) => !yeses.some((yes) => later(yes, no) > 0 && within(yes, no))))
  if (standing) return { is: 'refused', word: standing }
  const lastNo = newest(refusals)
  const yes = newest(yeses.filter((one) => !lastNo || later(one, lastNo) > 0))
  if (yes) return { is: 'allowed', word: yes }
  const asked = newest(words.filter((word) => word.decision === 'asked'))
  if (asked) return { is: 'asked', word: asked }
  const over = newest(words.filter((word) => word.decision === 'allowed'))
  return over ? { is: 'expired', word: over } : { is: 'silent' }
}

/** Whether a yes is no wider than a refusal, so that it can lift it. */
function within(yes: Word, no: Word): boolean {
  return (
    (no.channel === 'any' || no.channel === yes.channel) &&
    (no.purpose === 'any' || no.purpose === yes.purpose) &&
    (no.brandId === null || no.brandId === yes.brandId)
  )
}

function newest(words: readonly Word[]): Word | undefined {
  return words.reduce<Word | undefined>((best, word) => (!best || later(word, best) > 0 ? word : best), undefined)
}

function later(a: Word, b: Word): number {
  return a.at.getTime() - b.at.getTime() || a.id - b.id
}

function isOver({ expiresAt }: Word, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime()
}

function endOf({ expiresAt }: Word): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
}

function wordIn(standing: Standing): Word {
  if (standing.is === 'silent') throw new Error('silence has no word')
  return standing.word
}
