import { timingSafeEqual } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { type Channel, channels, type Purpose, purposes } from './consent.ts'

/**
 * What an address that we hand to a customer leads to: the page where they choose; the end of one kind of message (RFC 8058); the
 * yes that was asked for.
 */
export type Link = {
  does: 'choose' | 'unsubscribe' | 'confirm'
  /** Never changes, so the link goes where the person goes, through merges and their undoing. */
  profileId: number
  /** Of a message that can be ended, or of what is confirmed. */
  channel?: Channel
  purpose?: Purpose
}

const doings = ['choose', 'unsubscribe', 'confirm'] as const
const tagBytes = 16

/**
 * The token of a link: a tag over what it says, then what it says, hidden under the tag (a synthetic IV): 38 characters. Without the
 * house's key nobody can make one, read one, or tell whether two belong to the same person's. It names no time and never expires;
 * who keeps the key (SECRET_KEY or secret.key) keeps all links that ever went out.
 */
export function tokenOf({ secrets }: Pick<Context, 'secrets'>, { does, profileId, channel, purpose }: Link): string {
  const plain = Buffer.alloc(12)
  plain[0] = 1
  plain[1] = doings.indexOf(does)
  plain[2] = channel ? channels.indexOf(channel) + 1 : 0
  plain[3] = purpose ? purposes.indexOf(purpose) + 1 : 0
  plain.writeBigUInt64BE(BigInt(profileId), 4)
  const tag = secrets.mac(plain, 'consent link').subarray(0, tagBytes)
  return Buffer.concat([tag, hidden(secrets, tag, plain)]).toString('base64url')
}

/** What a token says; undefined where it is none of ours. */
export function linkOf({ secrets }: Pick<Context, 'secrets'>, token: string): Link | undefined {
  if (!/^[\w-]{38}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const tag = bytes.subarray(0, tagBytes)
  const plain = hidden(secrets, tag, bytes.subarray(tagBytes))
  if (!timingSafeEqual(secrets.mac(plain, 'consent link').subarray(0, tagBytes), tag)) return undefined
  const does = doings[plain[1]!]
  if (plain[0] !== 1 || !does) return undefined
  return {
    does,
    profileId: Number(plain.readBigUInt64BE(4)),
    channel: channels[plain[2]! - 1],
    purpose: purposes[plain[3]! - 1],
  }
}

/** Where the link leads, below the house's address. */
export function pathOf(ctx: Pick<Context, 'secrets'>, link: Link): string {
  return `/my/${tokenOf(ctx, link)}`
}

function hidden(secrets: Context['secrets'], tag: Uint8Array, text: Uint8Array): Buffer {
  const mask = secrets.mac(tag, 'consent link mask')
  return Buffer.from(text.map((byte, at) => byte ^ mask[at]!))
}
