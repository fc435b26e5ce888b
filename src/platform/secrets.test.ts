import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { houseKey, keyOf, SealedOtherwise, secretsOf } from './secrets.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'regulars-secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

describe('a sealed secret', () => {
  const secrets = secretsOf(Buffer.alloc(32, 7))
  const text = Buffer.from('a shared secret')

  test('opens at its place, and is written differently each time', () => {
    const [one, two] = [secrets.seal(text, 'a:1'), secrets.seal(text, 'a:1')]

    expect(secrets.open(one, 'a:1')).toEqual(text)
    expect(one.equals(two)).toBe(false)
    expect(one.includes(text)).toBe(false)
  })

  test('opens nowhere else, not with another key, and not with one bit changed', () => {
    const sealed = secrets.seal(text, 'a:1')
    const other = secretsOf(Buffer.alloc(32, 8))

    expect(() => secrets.open(sealed, 'a:2')).toThrow(SealedOtherwise)
    expect(() => other.open(sealed, 'a:1')).toThrow(/another key/)
    expect(() => secrets.open(Buffer.alloc(3), 'a:1')).toThrow(SealedOtherwise)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bent = Buffer.from(sealed)
      bent[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => secrets.open(bent, 'a:1'), `bit ${bit}`).toThrow(SealedOtherwise)
    }
  })

  test('hashes of one text differ by purpose and by key', () => {
    const other = secretsOf(Buffer.alloc(32, 8))

    expect(secrets.mac('x', 'a')).toEqual(secrets.mac('x', 'a'))
    expect(secrets.mac('x', 'a')).not.toEqual(secrets.mac('x', 'b'))
    expect(secrets.mac('x', 'a')).not.toEqual(other.mac('x', 'a'))
  })
})

describe('the key of the house', () => {
  test('is made once, for the owner of the folder alone', () => {
    const first = houseKey({ dataDir })

    expect(houseKey({ dataDir })).toEqual(first)
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(keyOf(readFileSync(join(dataDir, 'secret.key'), 'utf8'))).toEqual(first)
  })

  test('is SECRET_KEY where that is set, and then no file is made', () => {
    const given = Buffer.alloc(32, 1)

    expect(houseKey({ dataDir, secretKey: given })).toBe(given)
    expect(() => statSync(join(dataDir, 'secret.key'))).toThrow('ENOENT')
  })

  test('is never replaced by a new one because its file is broken', () => {
    writeFileSync(join(dataDir, 'secret.key'), 'half a ke')
    chmodSync(join(dataDir, 'secret.key'), 0o600)

    expect(() => houseKey({ dataDir })).toThrow(/secret\.key holds no key.*backup/)
  })

  test.each(['00'.repeat(32), Buffer.alloc(32).toString('base64'), `${Buffer.alloc(32).toString('base64url')}\n`])(
    'may be written as %s',
    (text) => expect(keyOf(text)).toEqual(Buffer.alloc(32)),
  )

  test.each(['', 'x', '00'.repeat(31), Buffer.alloc(33).toString('base64')])('may not be “%s”', (text) =>
    expect(keyOf(text)).toBeUndefined(),
  )
})
