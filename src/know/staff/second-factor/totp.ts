import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// Codes of authenticator apps (RFC 6238). The apps understand no other hash than SHA-1, safely: its broken collisions do not
// touch HMAC.

/** Seconds for which a code stands. */
const period = 30
const digits = 6
/** Codes of the step before and after are taken too: clocks of phones go wrong. */
const window = 1

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 random bits, as RFC 4226 recommends. */
export function newSecret(): Buffer {
  return randomBytes(20)
}

/** The step of an instant: 30 seconds each since 1970. */
export function stepOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / period)
}

/** The code of a step: six digits. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step around an instant whose code this is; all are compared, so that the time taken does not tell which. */
export function stepWith(secret: Buffer, code: string, instant: Date): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined
  const now = stepOf(instant)
  let found: number | undefined
  for (let step = now - window; step <= now + window; step += 1) {
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step
  }
  return found
}

/** Bytes as people type them into an app (RFC 4648, without padding). */
export function base32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return bits.replace(/.{1,5}/g, (five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]!)
}

/** What the QR code says, as the apps agree on it. */
export function otpauth(secret: Buffer, issuer: string, account: string): string {
  const by = encodeURIComponent(issuer.replaceAll(':', ' '))
  return `otpauth://totp/${by}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${by}&algorithm=SHA1&digits=${digits}&period=${period}`
}
