import { describe, expect, test } from 'vitest'
import { countryOfZone } from './home-country.ts'
import { normalEmail, normalIdentifier, normalNumber, normalPhone } from './identifier.ts'

describe('a phone number', () => {
  test.each(['138 0013 8000', '+86 138-0013-8000', '１３８００１３８０００', '0086 13800138000', '138.0013.8000'])(
    'is the same in any writing: %s',
    (raw) => {
      expect(normalPhone(raw, 'CN')?.value).toBe('+8613800138000')
    },
  )

  test('keeps what was typed, where it differs', () => {
    expect(normalPhone('138 0013 8000', 'CN')?.raw).toBe('138 0013 8000')
    expect(normalPhone('+8613800138000', 'CN')?.raw).toBeNull()
  })

  test('of a landline is understood with its area code and extension', () => {
    expect(normalPhone('021-62345678转801', 'CN')?.value).toBe('+862162345678')
  })

  test.each(['12345', '12345678901', '62345678', '1.38E+10', 'no', '', '+86 1'])(
    'that cannot be is refused: %s',
    (raw) => {
      expect(normalPhone(raw, 'CN')).toBeUndefined()
    },
  )

  test('of another country needs its prefix', () => {
    expect(normalPhone('+44 7911 123456', 'CN')?.value).toBe('+447911123456')
    expect(normalPhone('0912-345-678', 'TW')?.value).toBe('+886912345678')
    expect(normalPhone('0912-345-678', undefined)).toBeUndefined()
  })
})

test('an e-mail address is compared in lower case, full-width forms folded', () => {
  expect(normalEmail(' Ａnn@Example.COM ')).toEqual({ value: 'ann@example.com', raw: ' Ａnn@Example.COM ' })
  expect(['ann', 'ann@', '@b.c', 'a b@c.d', 'a@b'].map((raw) => normalEmail(raw))).toEqual(Array(5).fill(undefined))
})

test('a member number has no spaces and no case; one ruined by a spreadsheet is refused', () => {
  expect(normalNumber(' vip 001 ')?.value).toBe('VIP001')
  expect(normalNumber('2.01E+18')).toBeUndefined()
  expect(normalIdentifier('openid', 'oAbC', 'CN')?.value).toBe('oAbC')
})

test('numbers without a prefix are those of the shop’s country', () => {
  expect(['Asia/Shanghai', 'Asia/Taipei', 'Asia/Hong_Kong', 'Europe/London', 'UTC'].map(countryOfZone)).toEqual([
    'CN',
    'TW',
    'HK',
    'GB',
    undefined,
  ])
})
