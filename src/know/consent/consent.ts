/** Ways to a person. A phone number is the address of two of them. */
export const channels = ['email', 'sms', 'phone', 'wechat', 'wecom', 'post'] as const
export type Channel = (typeof channels)[number]

/** What a message is for: what was bought needs it; it looks after somebody; it wants to sell. */
export const purposes = ['service', 'care', 'promotion'] as const
export type Purpose = (typeof purposes)[number]

/**
 * What a row of the ledger is about. contact: may we write. pause: not until then. less_often: fewer. impersonal: choose nothing by
 * what is known of me. minor, deceased: what the person is.
 */
export const subjects = ['contact', 'pause', 'less_often', 'impersonal', 'minor', 'deceased'] as const
export type Subject = (typeof subjects)[number]

/** `asked`: said by somebody else, or by a box that was ticked; waits for the person's own yes. */
export const decisions = ['allowed', 'refused', 'asked', 'on', 'off'] as const
export type Decision = (typeof decisions)[number]

/** How a word came to us. */
export const ways = ['staff', 'page', 'one_click', 'confirmed', 'import', 'api'] as const
export type Way = (typeof ways)[number]

/** Why an address stands on the list of those that must not be written to. */
export const suppressionReasons = ['unsubscribed', 'complained', 'bounced', 'listed', 'erased'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** A row of the ledger, as far as it decides anything. */
export type Word = {
  id: number
  profileId: number
  /** Other profiles of the person at that time, for which it counts as well. */
  covers: readonly number[]
  subject: Subject
  channel: Channel | 'any'
  purpose: Purpose | 'any'
  /** Null: every brand. */
  brandId: number | null
  decision: Decision
  /** A yes or a pause ends here. */
  expiresAt: Date | null
  way: Way
  actor: string
  at: Date
}

/** The kind of identifier by which a channel reaches somebody; `address` is a value, no identifier. */
export const addressKinds: Record<Channel, string> = {
  email: 'email',
  sms: 'phone',
  phone: 'phone',
  wechat: 'openid',
  wecom: 'external_userid',
  post: 'address',
}
