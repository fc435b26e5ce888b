import { channels, knownBy, purposes } from '#understand/query/contract.ts'
import { ahead, days, field, type KindOf, number, span, sure, textFields } from '../condition-parts.ts'

/** What is known of the person. */
export const person = {
  tagged: { begin: { is: 'tagged', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'tag' } }] },
  gender: {
    begin: { is: 'text', field: 'gender', in: ['female'] },
    parts: [{ part: 'texts', key: 'in', of: 'gender' }, sure],
  },
  birthday: { begin: { is: 'daysTo', of: 'birthday', atMost: 7 }, parts: [ahead, sure] },
  birthMonth: {
    begin: { is: 'birthMonth', in: [] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: { words: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], key: (word) => `segments.month.${word}` },
      },
      sure,
    ],
  },
  age: { begin: { is: 'age', atLeast: 25, atMost: 34 }, parts: [number, sure] },
  anniversary: {
    begin: { is: 'daysTo', of: 'firstPurchase', atMost: 7 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: { words: ['firstPurchase', 'added'], key: (word) => `query.field.${word}` },
      },
      ahead,
    ],
  },
  has: {
    begin: { is: 'has', what: 'phone' },
    parts: [{ part: 'one', key: 'what', of: { words: knownBy, key: (word) => `segments.has.${word}` } }],
  },
  may: {
    begin: { is: 'may', by: 'sms', for: 'promotion' },
    parts: [
      { part: 'one', key: 'by', of: { words: channels, key: (word) => `consent.channel.${word}` } },
      { part: 'one', key: 'for', of: { words: purposes, key: (word) => `consent.purpose.${word}` } },
    ],
  },
  known: { begin: { is: 'known', field: 'city' }, parts: [field([...textFields, 'region', 'birthday']), sure] },
  knownDay: { begin: { is: 'known', field: 'lastTalked' }, parts: [field([...days, 'birthYear'])] },
  owned: { begin: { is: 'owned' }, parts: [] },
  owner: { begin: { is: 'owner', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'staff' } }] },
  came: { begin: { is: 'came', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'way' } }, span] },
  shop: { begin: { is: 'shop', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'shop' } }] },
  within: {
    begin: { is: 'within', field: 'lastPurchase', days: 30 },
    parts: [field(days), { part: 'last', key: 'days', needed: true }],
  },
  day: {
    begin: { is: 'day', field: 'added' },
    parts: [field(days), span, { part: 'time', key: 'during' }],
  },
  own: { begin: { is: 'own', fieldId: 0 }, parts: [{ part: 'own', key: 'fieldId' }, sure] },
} as const satisfies Record<string, KindOf>
