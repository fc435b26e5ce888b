import { describe, expect, test } from 'vitest'
import { type Moment, mannerSays, momentIn, type Rule } from './manner.ts'

const rule = (more: Partial<Rule>): Rule => ({
  id: 1,
  rule: 'only',
  channel: null,
  fromMinute: null,
  toMinute: null,
  weekdays: null,
  askId: null,
  until: null,
  ...more,
})
/** A Wednesday. */
const at = (hour: number, weekday = 3): Moment => ({ day: '2026-03-04', weekday, minute: hour * 60 })

describe('how a person wants to be met', () => {
  test('only after six: a call at noon waits six hours, one at seven goes', () => {
    const evenings = [rule({ fromMinute: 18 * 60 })]

    expect(mannerSays(evenings, 'phone', at(12))).toEqual({ verdict: 'wait', because: [1], waitMinutes: 360 })
    expect(mannerSays(evenings, 'phone', at(19))).toEqual({ verdict: 'go', because: [] })
  })

  test('never phone says nothing of WeChat, and outranks asking and times', () => {
    const rules = [
      rule({ id: 1, fromMinute: 18 * 60 }),
      rule({ id: 2, rule: 'ask', askId: 7 }),
      rule({ id: 3, rule: 'never', channel: 'phone' }),
    ]

    expect(mannerSays(rules, 'phone', at(12))).toEqual({ verdict: 'never', because: [3] })
    expect(mannerSays(rules, 'wechat', at(12))).toEqual({ verdict: 'ask', because: [2], askIds: [7] })
  })

  test('several times hold together; times that never meet are never', () => {
    const weekendEvenings = [rule({ id: 1, fromMinute: 18 * 60 }), rule({ id: 2, weekdays: [6, 7] })]
    const never = [rule({ id: 1, toMinute: 12 * 60 }), rule({ id: 2, fromMinute: 18 * 60 })]

    expect(mannerSays(weekendEvenings, 'phone', at(12))).toMatchObject({
      verdict: 'wait',
      waitMinutes: (3 * 24 + 6) * 60,
    })
    expect(mannerSays(never, 'phone', at(12))).toEqual({ verdict: 'never', because: [1, 2] })
  })

  test('a night shift that begins on Friday lasts into Saturday', () => {
    const nights = [rule({ fromMinute: 22 * 60, toMinute: 2 * 60, weekdays: [5] })]

    expect(mannerSays(nights, 'sms', at(1, 6))).toMatchObject({ verdict: 'go' })
    expect(mannerSays(nights, 'sms', at(1, 5))).toMatchObject({ verdict: 'wait', waitMinutes: 21 * 60 })
  })

  test('what ended, and what is only to be minded, holds nothing up', () => {
    const rules = [rule({ rule: 'never', until: '2026-03-03' }), rule({ rule: 'mind' })]

    expect(mannerSays(rules, 'post', at(12))).toEqual({ verdict: 'go', because: [] })
  })

  test('a moment is the shop’s own', () => {
    expect(momentIn('Asia/Shanghai', new Date('2026-03-01T17:30:00Z'))).toEqual({
      day: '2026-03-02',
      weekday: 1,
      minute: 90,
    })
  })
})
