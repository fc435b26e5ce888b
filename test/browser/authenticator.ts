import { createHmac } from 'node:crypto'

/** A code of an authenticator app, computed here and not by the house, and the one after it, as soon as the app shows it. */
export type AppCode = { code: string; next(): Promise<AppCode> }

/** The code that an app with this secret shows now (RFC 6238: SHA-1, 30 s, six digits). */
export function codeOfApp(secret: string, step = Math.floor(Date.now() / 30_000)): AppCode {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytes).update(counter).digest()
  const number = (mac.readUInt32BE(mac[19]! & 15) & 0x7fff_ffff) % 1_000_000
  return {
    code: String(number).padStart(6, '0'),
    async next() {
      // The house takes the next step's code already: clocks of phones go wrong.
      const now = Math.floor(Date.now() / 30_000)
      if (now < step) await new Promise((resolve) => setTimeout(resolve, step * 30_000 - Date.now()))
      return codeOfApp(secret, Math.max(step + 1, now))
    },
  }
}
