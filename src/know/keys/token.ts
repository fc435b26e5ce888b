import { createHash, randomInt } from 'node:crypto'

// A key as a program carries it: `reg_live_`, 43 random characters (256 bits), 6 of a checksum. The prefix lets scanners of source
// code find one that was published by mistake; the checksum tells a mistyped key from an unknown one without asking the records.

const prefix = 'reg_live_'
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const form = /^reg_live_[0-9A-Za-z]{49}$/

export function newKey(): string {
  const body = Array.from({ length: 43 }, () => letters[randomInt(62)]).join('')
  return `${prefix}${body}${checksum(prefix + body)}`
}

/** Whether a text has the form of a key of ours, checksum included. */
export function isKey(text: string): boolean {
  return form.test(text) && text.slice(-6) === checksum(text.slice(0, -6))
}

/** What is kept of a key. 256 random bits need no slow hash. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

function checksum(text: string): string {
  let number = createHash('sha256').update(text).digest().readUIntBE(0, 6)
  let sum = ''
  for (let at = 0; at < 6; at += 1) {
    sum += letters[number % 62]
    number = Math.floor(number / 62)
  }
  return sum
}
