import { describe, expect, test } from 'vitest'
import { checkers } from './checkers.ts'
import type { Told } from './history.ts'
import type { Truth } from './truth.ts'

/** A morning in which all went well: Mei was added, edited twice, bought, gave back, and one answer was lost. */
function aGoodMorning(): { told: Told[]; truth: Truth } {
  const told: Told[] = [
    { client: 1, what: 'customer', mark: 'mark c1', outcome: 'unknown' },
    { client: 1, what: 'customer', mark: 'mark c1', outcome: 'ok', id: 1 },
    { client: 2, what: 'order', mark: 'mark o1', outcome: 'ok', id: 10, amount: 500 },
    { client: 2, what: 'order', mark: 'mark o1', outcome: 'ok', id: 10, amount: 500, again: true },
    { client: 2, what: 'order', mark: 'mark o2', outcome: 'unknown', amount: 300 },
    { client: 1, what: 'cancellation', mark: 'mark b1', outcome: 'ok', of: 10, id: 11 },
    { client: 1, what: 'edit', mark: 'mark e1', outcome: 'ok', of: 1, from: 1, version: 2 },
    { client: 2, what: 'edit', mark: 'mark e2', outcome: 'no', of: 1, from: 1 },
    { client: 2, what: 'edit', mark: 'mark e3', outcome: 'ok', of: 1, from: 2, version: 3 },
    { client: 1, what: 'read', mark: '', outcome: 'ok', of: 1, version: 3 },
  ]
  const truth: Truth = {
    customers: [{ id: 1, mark: 'mark c1', version: 3, note: 'mark e3' }],
    orders: [
      { id: 10, mark: 'mark o1', kind: 'sale', amount: 500, cancelsId: null },
      { id: 11, mark: 'mark b1', kind: 'cancellation', amount: -500, cancelsId: 10 },
    ],
    edits: [
      { customerId: 1, old: null, new: 'mark e1' },
      { customerId: 1, old: 'mark e1', new: 'mark e3' },
    ],
    facts: [
      { id: 1, kind: 'customers.added', subjectId: 1, heard: 1 },
      { id: 2, kind: 'orders.placed', subjectId: 10, heard: 1 },
      { id: 3, kind: 'orders.cancelled', subjectId: 11, heard: 1 },
      { id: 4, kind: 'customers.changed', subjectId: 1, heard: 1 },
      { id: 5, kind: 'customers.changed', subjectId: 1, heard: 1 },
    ],
    sums: { orders: 2, amount: 0, lines: 2, customers: 1 },
    columns: { orders: 2, amount: 0, lines: 2, customers: 1 },
  }
  return { told, truth }
}

test('of a good morning no checker complains', () => {
  const { told, truth } = aGoodMorning()
  for (const [name, check] of Object.entries(checkers)) expect(check(told, truth), name).toEqual([])
})

type Spoil = (morning: { told: Told[]; truth: Truth }) => void

/** For each checker, mornings with one thing wrong that it must see. */
const planted: Record<string, [string, Spoil][]> = {
  nothingLostOrDoubled: [
    ['an order is lost', ({ truth }) => truth.orders.shift()],
    ['an order is doubled', ({ truth }) => truth.orders.push({ ...truth.orders[0]!, id: 12 })],
    ['a lost answer was done twice', ({ truth }) => truth.customers.push({ ...truth.customers[0]!, id: 2 })],
    ['an acknowledged edit is gone', ({ truth }) => truth.edits.splice(0, 1)],
    ['a refused edit was made', ({ truth }) => truth.edits.push({ customerId: 1, old: 'mark e3', new: 'mark e2' })],
  ],
  sameKeySameAnswer: [
    [
      'the second answer names another order',
      ({ told }) => {
        told[3]!.id = 12
      },
    ],
  ],
  moneyAddsUp: [
    [
      'an order has another amount',
      ({ truth }) => {
        truth.orders[0]!.amount = 5000
      },
    ],
    ['it was given back twice', ({ truth }) => truth.orders.push({ ...truth.orders[1]!, id: 12, mark: 'mark b2' })],
    [
      'the shop adds up otherwise',
      ({ truth }) => {
        truth.sums.amount = 1
      },
    ],
  ],
  noEditOverwritten: [
    [
      'the second edit did not see the first',
      ({ truth }) => {
        truth.edits[1]!.old = null
      },
    ],
    [
      'two edits were let through from one version',
      ({ told }) => {
        told[8]!.from = 1
      },
    ],
    [
      'the customer shows what was said before',
      ({ truth }) => {
        truth.customers[0]!.note = 'mark e1'
      },
    ],
  ],
  readsGoForward: [['an older version is read again', ({ told }) => told.push({ ...told.at(-1)!, version: 2 })]],
  eachFactHeardOnce: [
    [
      'a listener missed a fact',
      ({ truth }) => {
        truth.facts[1]!.heard = 0
      },
    ],
    [
      'a listener heard a fact twice',
      ({ truth }) => {
        truth.facts[1]!.heard = 2
      },
    ],
    ['a sale was never announced', ({ truth }) => truth.facts.splice(1, 1)],
    ['a sale was announced twice', ({ truth }) => truth.facts.push({ ...truth.facts[1]!, id: 6 })],
    ['an edit was not announced', ({ truth }) => truth.facts.pop()],
  ],
  columnsTellTheSame: [
    [
      'the columns lack a line',
      ({ truth }) => {
        truth.columns.lines = 1
      },
    ],
  ],
}

describe('every checker sees what is planted for it', () => {
  test('and none is without a plant', () => {
    expect(Object.keys(planted)).toEqual(Object.keys(checkers))
  })
  for (const [name, plants] of Object.entries(planted)) {
    for (const [what, spoil] of plants) {
      test(`${name}: ${what}`, () => {
        const morning = aGoodMorning()
        spoil(morning)
        expect(checkers[name]!(morning.told, morning.truth)).not.toEqual([])
      })
    }
  }
})
