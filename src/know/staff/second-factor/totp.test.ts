import { describe, expect, test } from 'vitest'
import { base32, codeAt, otpauth, stepOf, stepWith } from './totp.ts'

describe('a code of an authenticator app', () => {
  const secret = Buffer.from('12345678901234567890')

  // RFC 6238, appendix B, the last six of its eight digits.
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at second %i is %s', (seconds, code) => {
    expect(codeAt(secret, stepOf(new Date(seconds * 1000)))).toBe(code)
  })

  test('is taken in its half minute, the one before and the one after', () => {
    const at = (seconds: number) => new Date(1_700_000_010_000 + seconds * 1000) // a step begins
    const step = stepOf(at(0))
    const code = codeAt(secret, step)

    expect([-31, -30, 0, 29, 30, 59, 60].map((seconds) => stepWith(secret, code, at(seconds)))).toEqual([
      undefined,
      step,
      step,
      step,
      step,
      step,
      undefined,
    ])
  })

  test('is not taken in another form', () => {
    const now = new Date(59_000)
    for (const code of ['', '28708', '2870822', ' 87082', '２８７０８２', '94287082'])
      expect(stepWith(secret, code, now)).toBeUndefined()
  })
})

test('its secret is written as the apps read it', () => {
  // RFC 4648, section 10
  expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
  expect(otpauth(Buffer.from('foobar'), '云上茶: 总店', 'mei@shop.example')).toBe(
    'otpauth://totp/%E4%BA%91%E4%B8%8A%E8%8C%B6%20%20%E6%80%BB%E5%BA%97:mei%40shop.example?secret=MZXW6YTBOI&issuer=%E4%BA%91%E4%B8%8A%E8%8C%B6%20%20%E6%80%BB%E5%BA%97&algorithm=SHA1&digits=6&period=30',
  )
})
