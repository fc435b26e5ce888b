import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Keeps secrets in the records so that a copy of the database alone does not tell them, and hashes what must be recognised
 * but not read. `place` names table, column and row (`staff_factors.secret:12`): what was sealed for one place opens at no other.
 */
export type Secrets = {
  /** Which key this is, for people: eight hexadecimal digits that do not tell the key. */
  keyId: string
  /** AES-256-GCM: 4 bytes of the key's id, 12 random, the sealed text, 16 of its tag. At most 2^32 texts under one key. */
  seal(text: Uint8Array, place: string): Buffer
  /** @throws SealedOtherwise when it was sealed with another key, for another place, or was changed */
  open(sealed: Uint8Array, place: string): Buffer
  /** HMAC-SHA-256 under a key of its own for each purpose. */
  mac(text: string | Uint8Array, purpose: string): Buffer
}

/** A sealed text that this key does not open. `foreign`: it was sealed with another key. */
export class SealedOtherwise extends Error {
  readonly foreign: boolean
  constructor(foreign: boolean) {
    super(
      foreign
        ? 'This secret was sealed with another key. Bring back the file secret.key (or SECRET_KEY) that belongs to these records.'
        : 'This secret does not open: it was changed, or belongs to another row.',
    )
    this.name = 'SealedOtherwise'
    this.foreign = foreign
  }
}

export const secretKeyFile = 'secret.key'

/**
 * The key of this installation: SECRET_KEY where it is set, else the file `secret.key` of the data folder (0600), made at the
 * first start. Two processes that start at once get the same.
 */
export function houseKey({ dataDir, secretKey }: { dataDir: string; secretKey?: Buffer }): Buffer {
  if (secretKey) return secretKey
  const path = join(dataDir, secretKeyFile)
  const found = read(path)
  if (found) return found
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const fresh = join(dataDir, `.${secretKeyFile}.${process.pid}.${randomBytes(4).toString('hex')}`)
  writeFileSync(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(fresh, 0o600) // whatever the umask
  try {
    linkSync(fresh, path) // fails where another process was first; a half-written file is never seen
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(fresh)
  }
  return read(path)!
}

function read(path: string): Buffer | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const key = keyOf(text)
  if (!key) throw new Error(`${path} holds no key of 32 bytes in base64. Bring it back from the backup.`)
  return key
}

/** 32 bytes written in base64 or hexadecimal digits; undefined where a text is neither. */
export function keyOf(text: string): Buffer | undefined {
  const plain = text.trim()
  if (/^[0-9a-f]{64}$/i.test(plain)) return Buffer.from(plain, 'hex')
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(plain)) return undefined
  const key = Buffer.from(plain, 'base64')
  return key.length === 32 ? key : undefined
}

export function secretsOf(key: Buffer): Secrets {
  const sealing = derived(key, 'seal')
  const id = createHash('sha256').update(derived(key, 'id')).digest().subarray(0, 4)
  const macs = new Map<string, Buffer>()
  return {
    keyId: id.toString('hex'),
    seal(text, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(place))
      return Buffer.concat([id, nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
    },
    open(given, place) {
      const sealed = Buffer.from(given)
      if (sealed.length < 32 || !sealed.subarray(0, 4).equals(id)) throw new SealedOtherwise(sealed.length >= 32)
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(4, 16), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-16))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(16, -16)), decipher.final()])
      } catch {
        throw new SealedOtherwise(false)
      }
    },
    mac(text, purpose) {
      const own = macs.get(purpose) ?? derived(key, `mac ${purpose}`)
      macs.set(purpose, own)
      return createHmac('sha256', own).update(text).digest()
    },
  }
}

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `regulars ${purpose}`, 32))
}
