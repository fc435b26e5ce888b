import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asOne } from './compare-consents.ts'
import { addressKinds, channels, purposes, type Word } from './consent.ts'
import { type ConsentState, mayContact, mayPersonalise } from './index.ts'
import type { Question } from './may-contact.ts'
import { defaultRules } from './rules.ts'

const now = new Date('2026-03-01T04:00:00Z')
const day = (count: number) => new Date(now.getTime() + count * 86_400_000)
const everywhere = { phone: 1, email: 1, openid: 1, external_userid: 1, address: 1 }

function stateOf(words: Partial<Word>[] = [], more: Partial<ConsentState> = {}): ConsentState {
  return {
    customerId: 1,
    profileIds: [1],
    words: words.map((word, at) => wordOf({ id: at + 1, at: day(at - 100), ...word })),
    addresses: everywhere,
    suppressed: [],
    balances: [],
    birthday: null,
    rules: defaultRules,
    ...more,
  }
}

function wordOf(word: Partial<Word>): Word {
  return {
    id: 1,
    profileId: 1,
    covers: [],
    subject: 'contact',
    channel: 'any',
    purpose: 'any',
    brandId: null,
    decision: 'allowed',
    expiresAt: null,
    way: 'staff',
    actor: 'staff:1',
    at: day(-10),
    ...word,
  }
}

const question = (more: Partial<Question> = {}): Question => ({
  channel: 'email',
  purpose: 'promotion',
  brandId: null,
  at: now,
  ...more,
})
const ask = (words: Partial<Word>[], more: Partial<Question> = {}, state: Partial<ConsentState> = {}) => {
  const { may, reasons } = mayContact(stateOf(words, state), question(more))
  return [may, reasons[0]?.code]
}
const yes = { decision: 'allowed' } as const
const no = { decision: 'refused' } as const

describe('may we write', () => {
  test('without a word nothing is sold, and what was bought gets its messages', () => {
    expect(ask([])).toEqual(['unknown', 'silent'])
    expect(ask([], { purpose: 'care' })).toEqual(['unknown', 'silent'])
    expect(ask([], { purpose: 'service' })).toEqual(['yes', 'assumed'])
  })

  test('what cannot be read, and nobody at all, is a no', () => {
    expect(mayContact(undefined, question())).toEqual({ may: 'no', reasons: [{ code: 'unreadable' }] })
    expect(ask([yes], {}, { profileIds: [] })).toEqual(['no', 'nobody'])
    expect(mayPersonalise(undefined, now).may).toBe('no')
  })

  test('the later word counts', () => {
    expect(ask([yes])).toEqual(['yes', 'allowed'])
    expect(ask([yes, no])).toEqual(['no', 'refused'])
    expect(ask([yes, no, yes])).toEqual(['yes', 'allowed'])
  })

  test('a yes to one thing lifts a no to everything for that thing alone', () => {
    const words = [no, { ...yes, channel: 'email', purpose: 'promotion' }] as const

    expect(ask([...words])).toEqual(['yes', 'allowed'])
    expect(ask([...words], { purpose: 'care' })).toEqual(['no', 'refused'])
    expect(ask([...words], { channel: 'sms' })).toEqual(['no', 'refused'])
  })

  test('a yes to everything does not lift "never phone"', () => {
    const words = [{ ...no, channel: 'phone' }, yes] as const

    expect(ask([...words], { channel: 'phone' })).toEqual(['no', 'refused'])
    expect(ask([...words], { channel: 'sms' })).toEqual(['yes', 'allowed'])
    expect(ask([...words, { ...yes, channel: 'phone' }], { channel: 'phone' })).toEqual(['yes', 'allowed'])
  })

  test('a brand that was refused stays silent while the others speak', () => {
    const words = [yes, { ...no, brandId: 2 }] as const

    expect(ask([...words], { brandId: 2 })).toEqual(['no', 'refused'])
    expect(ask([...words], { brandId: 3 })).toEqual(['yes', 'allowed'])
    expect(ask([...words])).toEqual(['yes', 'allowed'])
  })

  test('a yes with an end is over at that moment', () => {
    expect(ask([{ ...yes, expiresAt: day(1) }])).toEqual(['yes', 'allowed'])
    expect(ask([{ ...yes, expiresAt: day(1) }], { at: day(1) })).toEqual(['unknown', 'expired'])
  })

  test('a yes that somebody else told waits for the person', () => {
    expect(ask([{ decision: 'asked' }])).toEqual(['unknown', 'asked'])
  })

  test('a pause holds all but what was bought, until its day', () => {
    const words = [yes, { subject: 'pause', decision: 'on', expiresAt: day(30) }] as const

    expect(ask([...words])).toEqual(['no', 'paused'])
    expect(ask([...words], { purpose: 'service' })).toEqual(['yes', 'allowed'])
    expect(ask([...words], { at: day(30) })).toEqual(['yes', 'allowed'])
    expect(ask([...words, { subject: 'pause', decision: 'off' }])).toEqual(['yes', 'allowed'])
  })

  test('nothing is sold to a minor, and nobody writes to the dead', () => {
    expect(ask([yes, { subject: 'minor', decision: 'on' }])).toEqual(['no', 'minor'])
    expect(ask([yes], {}, { birthday: { year: 2013, month: 3, day: 2 } })).toEqual(['no', 'minor'])
    expect(ask([yes], {}, { birthday: { year: 2012, month: 3, day: 1 } })).toEqual(['yes', 'allowed'])
    expect(ask([yes, { subject: 'deceased', decision: 'on' }], { purpose: 'service' })).toEqual(['no', 'deceased'])
  })

  test('less often is told, personalisation is a switch of its own', () => {
    const state = stateOf([yes, { subject: 'less_often', decision: 'on' }, { subject: 'impersonal', decision: 'on' }])

    expect(mayContact(state, question())).toMatchObject({
      may: 'yes',
      reasons: [{ code: 'allowed' }, { code: 'less_often' }],
    })
    expect(mayPersonalise(state, now)).toMatchObject({ may: 'no', reasons: [{ code: 'refused' }] })
    expect(mayPersonalise(stateOf([no]), now).may).toBe('yes')
  })

  test('what bounced closes that address, what was unsubscribed closes the way', () => {
    const listed = (reason: 'bounced' | 'unsubscribed') => ({
      suppressed: [{ kind: 'email', channel: 'any', purpose: 'any', reason, since: day(-1) } as const],
      addresses: { email: 2, phone: 1 },
    })

    expect(ask([yes], {}, listed('bounced'))).toEqual(['yes', 'allowed'])
    expect(ask([yes], {}, { ...listed('bounced'), addresses: { email: 1 } })).toEqual(['no', 'suppressed'])
    expect(ask([yes], {}, listed('unsubscribed'))).toEqual(['no', 'suppressed'])
    expect(ask([yes], { channel: 'sms' }, listed('unsubscribed'))).toEqual(['yes', 'allowed'])
    expect(ask([yes], { channel: 'post' }, listed('bounced'))).toEqual(['no', 'no_address'])
  })

  test('a tap is one message, whatever else was never said; a refusal counts more', () => {
    const template = { app: 'wx1', template: 'arrived' }
    const balances = [{ channel: 'wechat', ...template, balance: 2 }] as const

    expect(ask([], { channel: 'wechat', template }, { balances })).toEqual(['yes', 'granted'])
    expect(ask([], { channel: 'wechat', template: { ...template, template: 'other' } }, { balances })).toEqual([
      'no',
      'no_grant',
    ])
    expect(ask([{ ...no, channel: 'wechat' }], { channel: 'wechat', template }, { balances })).toEqual([
      'no',
      'refused',
    ])
  })

  test('a yes said when two records were one counts for both of them, until they are parted', () => {
    const words = [
      { ...no, profileId: 2 },
      { ...yes, profileId: 1, covers: [2] },
    ] as const

    expect(ask([...words], {}, { profileIds: [1, 2] })).toEqual(['yes', 'allowed'])
    expect(ask([...words], {}, { profileIds: [2] })).toEqual(['no', 'refused'])
    expect(ask([...words], {}, { profileIds: [1] })).toEqual(['yes', 'allowed'])
  })
})

describe('whatever was said', () => {
  const anyWord = fc.record({
    profileId: fc.integer({ min: 1, max: 3 }),
    covers: fc.subarray([1, 2, 3]),
    subject: fc.constantFrom('contact', 'pause', 'less_often', 'impersonal', 'minor', 'deceased'),
    channel: fc.constantFrom('any', ...channels),
    purpose: fc.constantFrom('any', ...purposes),
    brandId: fc.constantFrom(null, 1, 2),
    yesNo: fc.constantFrom(0, 1, 2),
    at: fc.integer({ min: -400, max: 0 }),
    ends: fc.option(fc.integer({ min: -100, max: 100 })),
  })
  const anyWords = fc.array(anyWord, { maxLength: 12 }).map((some) =>
    some.map(({ yesNo, at, ends, ...word }, index) =>
      wordOf({
        ...(word as Partial<Word>),
        id: index + 1,
        at: day(at),
        expiresAt: ends === null ? null : day(ends),
        decision:
          word.subject === 'contact'
            ? (['allowed', 'refused', 'asked'] as const)[yesNo]
            : (['on', 'off', 'on'] as const)[yesNo],
      }),
    ),
  )
  const anyQuestion = fc.record({
    channel: fc.constantFrom(...channels),
    purpose: fc.constantFrom(...purposes),
    brandId: fc.constantFrom(null, 1, 2),
    at: fc.constant(now),
  })
  const check = (property: fc.IProperty<never>) => fc.assert(property as never, { numRuns: 1500 })

  test('the order in which words are read changes nothing', () => {
    check(
      fc.property(anyWords, fc.infiniteStream(fc.nat()), anyQuestion, (words, noise, asked) => {
        const mixed = words.map((word) => ({ word, place: noise.next().value })).sort((a, b) => a.place - b.place)
        const all = { profileIds: [1, 2, 3] }
        const one = mayContact({ ...stateOf([], all), words }, asked)
        const other = mayContact({ ...stateOf([], all), words: mixed.map(({ word }) => word) }, asked)
        expect(other).toEqual(one)
      }) as never,
    )
  })

  test('a no said now is a no, and nothing said before it brings a yes', () => {
    check(
      fc.property(anyWords, anyQuestion, fc.boolean(), fc.boolean(), (words, asked, wide, wider) => {
        const last = wordOf({
          id: 999,
          decision: 'refused',
          channel: wide ? 'any' : asked.channel,
          purpose: wider ? 'any' : asked.purpose,
          at: now,
        })
        expect(mayContact({ ...stateOf(), words: [...words, last] }, asked).may).toBe('no')
      }) as never,
    )
  })

  test('two people who become one are never written to where one of them had said no', () => {
    check(
      fc.property(anyWords, anyWords, anyQuestion, (first, second, asked) => {
        // What one says covers only profiles of the same person.
        const a = { ...stateOf(), profileIds: [1, 2, 3], words: first }
        const b = {
          ...stateOf(),
          customerId: 2,
          profileIds: [11, 12, 13],
          words: second.map((word) => ({
            ...word,
            id: word.id + 100,
            profileId: word.profileId + 10,
            covers: word.covers.map((id) => id + 10),
          })),
        }
        const together = mayContact(asOne([a, b]), asked).may
        const each = [a, b].map((state) => mayContact(state, asked).may)
        if (each.includes('no')) expect(together).toBe('no')
        if (together === 'yes') expect(each).toContain('yes')
      }) as never,
    )
  })

  test('a yes always names why, and needs an address', () => {
    check(
      fc.property(
        anyWords,
        anyQuestion,
        fc.dictionary(fc.constantFrom('phone', 'email', 'openid'), fc.nat({ max: 2 })),
        (words, asked, addresses) => {
          const answer = mayContact({ ...stateOf(), words, addresses }, asked)
          expect(answer.reasons.length).toBeGreaterThan(0)
          if (answer.may !== 'yes') return
          expect(['allowed', 'assumed']).toContain(answer.reasons[0]?.code)
          expect(addresses[addressKinds[asked.channel]]).toBeGreaterThan(0)
        },
      ) as never,
    )
  })
})
