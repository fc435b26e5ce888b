import type { Channel, Purpose } from '#know/consent/contract.ts'
import type { CustomerIdentifier } from '#know/customers/contract.ts'

/** Which bit of `reachable` says what. Written rows have them: an order here is never changed, only added to. */
const channels = ['email', 'sms', 'phone', 'wechat', 'wecom', 'post'] as const satisfies readonly Channel[]
const purposes = ['service', 'care', 'promotion'] as const satisfies readonly Purpose[]
const kinds = [
  'phone',
  'email',
  'openid',
  'unionid',
  'external_userid',
  'buyer',
  'member',
  'card',
  'receipt',
  'anonymous',
] as const satisfies readonly CustomerIdentifier['kind'][]

/** Each channel with each purpose, and its bit. */
export const contactCells = channels.flatMap((channel, row) =>
  purposes.map((purpose, column) => ({ channel, purpose, bit: 2 ** (row * purposes.length + column) })),
)

export function contactBit(channel: Channel, purpose: Purpose): number {
  return contactCells.find((one) => one.channel === channel && one.purpose === purpose)!.bit
}

/** The bits of some kinds of identifiers; kinds that nothing is asked about have none. */
export function kindBits(of: readonly string[]): number {
  return kinds.reduce((sum, kind, place) => (of.includes(kind) ? sum + 2 ** place : sum), 0)
}
