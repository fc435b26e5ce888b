import { addressKinds, type Channel, type Purpose, type SuppressionReason, type Way, type Word } from './consent.ts'
import type { ConsentRules } from './contract.ts'
import { type Cell, markOn, standingIn } from './standing.ts'

/** An address on the list of those that must not be written to. */
export type Suppressed = {
  channel: Channel | 'any'
  purpose: Purpose | 'any'
  reason: SuppressionReason
  since: Date
  /** Of which kind of identifier the address is. */
  kind: string
}

/** Messages that the person has allowed one by one. */
export type Balance = { channel: Channel; app: string; template: string; balance: number }

/** All that decides about one customer; loaded set-wise by `consentStates`. */
export type ConsentState = {
  customerId: number
  profileIds: readonly number[]
  words: readonly Word[]
  /** How many addresses there are by kind of identifier, and of how many nothing comes back. */
  addresses: Readonly<Record<string, number>>
  suppressed: readonly Suppressed[]
  balances: readonly Balance[]
  /** Solar, as far as known. */
  birthday: { year: number; month: number; day: number } | null
  rules: ConsentRules
}

export type ReasonCode =
  | 'unreadable'
  | 'nobody'
  | 'deceased'
  | 'minor'
  | 'suppressed'
  | 'no_address'
  | 'refused'
  | 'paused'
  | 'no_grant'
  | 'asked'
  | 'expired'
  | 'silent'
  | 'allowed'
  | 'assumed'
  | 'granted'
  | 'less_often'

/** Why. What is known of it beside: when it was said, until when it holds, how it came, by whom, why an address is suppressed. */
export type Reason = {
  code: ReasonCode
  at?: Date
  until?: Date | null
  way?: Way
  actor?: string
  why?: SuppressionReason
  left?: number
}

export type MayContact = {
  /** unknown is no permission: whoever sends treats it as no. */
  may: 'yes' | 'no' | 'unknown'
  /** The one that decides first, then all others that speak. */
  reasons: Reason[]
}

export type Question = Cell & {
  at: Date
  /** Of a message that uses up a grant. */
  template?: { app: string; template: string }
}

/**
 * Whether a customer may be written to by a channel, for a purpose, in the name of a brand, at a moment. Pure: the gate, the
 * customer page and previews all ask here. It never says yes for want of knowledge: no state is a no.
 *
 * The order in which reasons decide: deceased; minor (nothing that sells); the address is suppressed; there is none; a refusal; a
 * pause (what was bought still needs its messages); nothing left of what was granted; a yes; what the shop may assume; silence.
 */
export function mayContact(state: ConsentState | undefined, question: Question): MayContact {
  if (!state) return { may: 'no', reasons: [{ code: 'unreadable' }] }
  if (state.profileIds.length === 0) return { may: 'no', reasons: [{ code: 'nobody' }] }
  const noes = objections(state, question)
  const says = permission(state, question)
  const notes = lessOften(state, question)
  if (noes.length > 0) return { may: 'no', reasons: [...noes, ...says.reasons, ...notes] }
  return { may: says.may, reasons: [...says.reasons, ...notes] }
}

/** Whether anything may be chosen for a customer by what is known of them: a switch of its own (PIPL 24). */
export function mayPersonalise(state: ConsentState | undefined, at: Date): MayContact {
  if (!state) return { may: 'no', reasons: [{ code: 'unreadable' }] }
  const { words, profileIds } = state
  for (const [subject, code] of [
    ['deceased', 'deceased'],
    ['impersonal', 'refused'],
  ] as const) {
    const word = markOn(words, profileIds, subject, at)
    if (word) return { may: 'no', reasons: [told(code, word)] }
  }
  const minor = minorReason(state, at)
  return minor ? { may: 'no', reasons: [minor] } : { may: 'yes', reasons: [{ code: 'assumed' }] }
}

/** The next moment at which time alone may change an answer: a yes or a pause ends, a child grows up. None: only what is said will. */
export function changesAt({ words, birthday, rules }: ConsentState, after: Date): Date | undefined {
  const ends = words.flatMap(({ expiresAt }) => expiresAt ?? [])
  const moments = [...ends, ...(birthday ? [grownUpAt(birthday, rules)] : [])].filter((one) => one > after)
  return moments.length > 0 ? new Date(Math.min(...moments.map((one) => one.getTime()))) : undefined
}

function objections(state: ConsentState, question: Question): Reason[] {
  const { words, profileIds, addresses, suppressed } = state
  const { channel, purpose, at } = question
  const noes: Reason[] = []
  const deceased = markOn(words, profileIds, 'deceased', at)
  if (deceased) noes.push(told('deceased', deceased))
  const minor = purpose === 'promotion' ? minorReason(state, at) : undefined
  if (minor) noes.push(minor)

  const kind = addressKinds[channel]
  const listed = suppressed.filter(
    (one) =>
      one.kind === kind &&
      (one.channel === 'any' || one.channel === channel) &&
      (one.purpose === 'any' || one.purpose === purpose),
  )
  // What came back concerns that address alone; what the person said concerns the channel.
  const said = listed.find(({ reason }) => reason !== 'bounced')
  if (said) noes.push({ code: 'suppressed', at: said.since, why: said.reason })
  const known = addresses[kind] ?? 0
  const dead = listed.filter(({ reason }) => reason === 'bounced')
  if (known > 0 && dead.length >= known) noes.push({ code: 'suppressed', at: dead[0]!.since, why: 'bounced' })
  if (known === 0) noes.push({ code: 'no_address' })

  const standing = standingIn(words, profileIds, question, at)
  if (standing.is === 'refused') noes.push(told('refused', standing.word))
  const pause = purpose === 'service' ? undefined : markOn(words, profileIds, 'pause', at, question)
  if (pause) noes.push(told('paused', pause))
  if (question.template && balanceOf(state, question) === 0) noes.push({ code: 'no_grant' })
  return noes
}

function permission(state: ConsentState, question: Question): MayContact {
  const { words, profileIds, rules } = state
  const standing = standingIn(words, profileIds, question, question.at)
  const left = question.template ? balanceOf(state, question) : 0
  // A tap is the person's yes to this one message.
  if (left > 0) return { may: 'yes', reasons: [{ code: 'granted', left }] }
  if (standing.is === 'allowed') return { may: 'yes', reasons: [told('allowed', standing.word)] }
  if (standing.is === 'refused') return { may: 'no', reasons: [] }
  if (standing.is === 'asked') return { may: 'unknown', reasons: [told('asked', standing.word)] }
  if (rules.assumed.includes(question.purpose)) return { may: 'yes', reasons: [{ code: 'assumed' }] }
  if (standing.is === 'expired') return { may: 'unknown', reasons: [told('expired', standing.word)] }
  return { may: 'unknown', reasons: [{ code: 'silent' }] }
}

function lessOften({ words, profileIds }: ConsentState, question: Question): Reason[] {
  const word = markOn(words, profileIds, 'less_often', question.at, question)
  return word && question.purpose !== 'service' ? [told('less_often', word)] : []
}

function minorReason({ words, profileIds, birthday, rules }: ConsentState, at: Date): Reason | undefined {
  const word = markOn(words, profileIds, 'minor', at)
  if (word) return told('minor', word)
  if (!birthday) return undefined
  const until = grownUpAt(birthday, rules)
  return at < until ? { code: 'minor', until } : undefined
}

function grownUpAt({ year, month, day }: NonNullable<ConsentState['birthday']>, { minorAge }: ConsentRules): Date {
  return new Date(Date.UTC(year + minorAge, month - 1, day))
}

function balanceOf({ balances }: ConsentState, { channel, template }: Question): number {
  return balances.reduce(
    (sum, one) =>
      one.channel === channel && one.app === template?.app && one.template === template.template
        ? sum + one.balance
        : sum,
    0,
  )
}

function told(code: ReasonCode, { at, expiresAt, way, actor }: Word): Reason {
  return { code, at, until: expiresAt, way, actor }
}
