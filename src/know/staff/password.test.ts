import { describe, expect, test } from 'vitest'
import { isBreached } from './breached-passwords.ts'
import { hashPassword, isPassword } from './hashing.ts'
import { objection } from './password-rules.ts'

const names = ['陈小红', 'Anna-Maria Bergström', 'anna@bergstrom.example', '云上茶 Cloud Tea']

describe('a password', () => {
  test.each(
    [
      'a kettle on the blue stove',
      '今天的茶泡得有点浓了呀真的',
      'k7!Qz vP3#',
      '839204817263551',
      'sunshine dragon kettle',
      'anna went to the market',
    ].filter((one) => [...one].length >= 12),
  )('may be “%s”', (password) => {
    expect(objection(password, names)).toBeUndefined()
  })

  test.each([
    ['short1234', 'staff.password_short'],
    ['x'.repeat(129), 'staff.password_long'],
    ['Password1234!', 'staff.password_common'],
    ['P@ssw0rd2026!!', 'staff.password_common'],
    ['passwordpassword', 'staff.password_common'],
    ['1qaz2wsx3edc', 'staff.password_common'],
    ['qwertyuiop123', 'staff.password_common'],
    ['woaini5201314', 'staff.password_common'],
    ['zhangwei1988888', 'staff.password_common'],
    ['123456789012', 'staff.password_common'],
    ['987654321098', 'staff.password_common'],
    ['abababababab', 'staff.password_common'],
    ['aaaaaaaaaaaaa', 'staff.password_common'],
    ['I love you 1314', 'staff.password_common'],
    ['Leave-Me-Alone', 'staff.password_common'],
    ['Sojdlg123aljg', 'staff.password_common'],
    ['QAZwsxEDCrfv', 'staff.password_common'],
    ['gfhjkmgfhjkm', 'staff.password_common'],
    ['butterfly!1987', 'staff.password_common'],
    ['Anna Bergström 88', 'staff.password_names'],
    ['CloudTea-2026!', 'staff.password_names'],
    ['regulars123456', 'staff.password_names'],
  ])('may not be “%s”', (password, reason) => {
    expect(objection(password, names)).toBe(reason)
  })
})

describe('the list of leaked passwords', () => {
  test('knows the most frequent, and hardly ever takes another for one', () => {
    const leaked = [
      '123qweasdzxc',
      '1q2w3e4r5t6y',
      'qwertyqwerty',
      'polniypizdec0211',
      'sonyericsson',
      'monkey',
      'dragon',
    ]
    const others = Array.from({ length: 20_000 }, (_, at) => `tin ${at} of tea ${at * 7919}`)

    expect(leaked.filter((one) => !isBreached(one))).toEqual([])
    expect(others.filter(isBreached).length).toBeLessThan(5)
  })

  test('takes no time that a sign-up would feel', () => {
    const began = performance.now()
    for (let at = 0; at < 1000; at += 1) isBreached(`tin ${at}`)

    expect((performance.now() - began) / 1000).toBeLessThan(1)
  })
})

describe('its hash', () => {
  test('is salted, carries its cost and is found again, whatever form the characters have', async () => {
    const [one, two] = await Promise.all([hashPassword('Ａ café sentence'), hashPassword('A café sentence')])

    expect(one).toMatch(/^scrypt\$17\$8\$1\$/)
    expect(one).not.toBe(two)
    expect(await isPassword('A cafe\u0301 sentence', one)).toBe(true)
    expect(await isPassword('A cafe sentence', one)).toBe(false)
  })

  test('of nobody is never found', async () => {
    expect(await isPassword('anything', undefined)).toBe(false)
  })
})
