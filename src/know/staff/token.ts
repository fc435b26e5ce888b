import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits: too many to guess, so a plain hash of it is enough in the database. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
