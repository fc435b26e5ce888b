import { describe, expect, test } from 'vitest'
import { alikeness, mostAlike, shelvesOf } from './alike.ts'
import { saidOf } from './declared.ts'
import { habitsOf, rhythmOf, runsOut } from './habit.ts'
import { nextProducts, type Told } from './next.ts'
import { readSignal, type Signal, tasteFor, wishOf } from './signal.ts'
import { inclinations } from './taste.ts'

const today = 20_000
const ago = (days: number) => today - days

/** What somebody did with a product. */
function signal(productId: number, did: Partial<Signal> = {}): Signal {
  const none = { bought: [], carted: 0, uncarted: 0, favoured: 0, unfavoured: 0, viewed: 0, views: 0 }
  return { productId, kept: did.bought?.length ?? 0, ...none, ...did }
}

const tea = 1
const pot = 2
const bread = 3
const scarf = 4

/** Who took tea takes pots; tea is used up every 30 days. Scarves are for sale no more. */
const told: Told = {
  related: (id) =>
    id === tea
      ? [
          { productId: pot, weight: 0.4, alike: false },
          { productId: scarf, weight: 0.9, alike: false },
          { productId: bread, weight: 0.05, alike: true },
        ]
      : [],
  habit: (id) => (id === tea ? { buyers: 50, again: 25, every: 30 } : { buyers: 50, again: 1, every: 90 }),
  isOffered: (id) => id !== scarf,
}
const next = (signals: Signal[], refused?: Set<number>) => nextProducts(signals, told, { today, most: 10, refused })

describe('what is next for a customer', () => {
  test('what goes with what was bought, each with the product that speaks for it; what is for sale no more is not', () => {
    expect(next([signal(tea, { bought: [ago(2)] })])).toMatchObject([
      { productId: pot, reason: { is: 'related', productId: tea } },
      { productId: bread, reason: { is: 'alike', productId: tea } },
    ])
  })

  test('what runs out comes first, in time and not before; what was bought once is never repeated', () => {
    const due = next([signal(tea, { bought: [ago(28)] }), signal(bread, { bought: [ago(90)] })])
    const early = next([signal(tea, { bought: [ago(10)] })])

    expect(due[0]).toMatchObject({ productId: tea, reason: { is: 'runs_out', every: 30, since: ago(28) } })
    expect(due.map(({ productId }) => productId)).toEqual([tea, pot])
    expect(early.map(({ productId }) => productId)).toEqual([pot, bread])
  })

  test('six days in her favourites is a reason; taken out again, or bought, it is none', () => {
    const favoured = { favoured: ago(6) }

    expect(next([signal(bread, favoured)])).toMatchObject([
      { productId: bread, reason: { is: 'favoured', since: ago(6) } },
    ])
    expect(next([signal(bread, { ...favoured, unfavoured: ago(5) })])).toEqual([])
    expect(next([signal(bread, { ...favoured, bought: [ago(1)] })])).toEqual([])
  })

  test('what is not for her is not offered, nor is what goes with what she gave back', () => {
    const bought = signal(tea, { bought: [ago(2)] })

    expect(next([bought], new Set([pot])).map(({ productId }) => productId)).toEqual([bread])
    expect(next([signal(tea, { bought: [ago(2)], kept: 0 })])).toEqual([])
    expect(next([bought], new Set([tea]))).toEqual([])
  })

  test('who did nothing has no list: best sellers are no taste of hers', () => {
    expect(next([])).toEqual([])
  })
})

test('a wish fades by half in a month, a purchase in half a year; looks count little, however many', () => {
  expect(wishOf(signal(pot, { carted: ago(30) }), today)?.weight).toBeCloseTo(0.5)
  expect(tasteFor(signal(pot, { bought: [ago(180)] }), today)).toBeCloseTo(0.5)
  expect(wishOf(signal(pot, { viewed: today, views: 400 }), today)?.weight).toBeCloseTo(1)
  expect(tasteFor(signal(pot, { bought: [ago(3)], kept: -1 }), today)).toBeLessThan(0)
})

test('a rhythm is one’s own from three purchases on, before that the product’s, and nobody’s for what is bought once', () => {
  const usedUp = { buyers: 50, again: 25, every: 30 }
  const durable = { buyers: 50, again: 1, every: 30 }

  expect(rhythmOf([0, 40, 80, 121], usedUp)).toBe(40)
  expect(rhythmOf([0, 40], usedUp)).toBe(35)
  expect(rhythmOf([0], usedUp)).toBe(30)
  expect(rhythmOf([0], durable)).toBeUndefined()
  expect(rhythmOf([0], { ...usedUp, buyers: 5, again: 5 })).toBeUndefined()
  expect([31, 32, 120, 121].map((days) => runsOut(ago(days), 40, today))).toEqual([false, true, true, false])
  const habits = habitsOf(1)
  for (const days of [[1], [1, 31], [1, 21, 61]]) habits.note(0, days)
  expect(habits.all()).toEqual([{ buyers: 3, again: 2, every: 30 }])
})

test('a new product is like those of its category and brand, less where its price is another', () => {
  const one = { id: 1, category: 'Tea', brandId: 7, price: 100 }
  const all = [
    one,
    { ...one, id: 2 },
    { ...one, id: 3, price: 400 },
    { id: 4, category: 'Cups', brandId: 9, price: 100 },
  ]

  expect(all.map((other) => Number(alikeness(one, other).toFixed(3)))).toEqual([0.5, 0.5, 0.125, 0])
  expect(mostAlike(one, shelvesOf(all), 5).map(({ id }) => id)).toEqual([2, 3])
})

test('what she says names categories and brands, for or against; what is said both ways is left out', () => {
  const names = ['Oolong', 'Perfume', '红茶', '香水', 'Art']

  expect([...saidOf('Likes oolong, no perfume', names)]).toEqual([
    ['Oolong', 'for'],
    ['Perfume', 'against'],
  ])
  expect([...saidOf('喜欢红茶，不要香水', names)]).toEqual([
    ['红茶', 'for'],
    ['香水', 'against'],
  ])
  expect(saidOf('Oolong in the morning, no oolong at night', names).size).toBe(0)
  expect(saidOf('Party', names).size).toBe(0)
  expect(saidOf(undefined, names).size).toBe(0)
})

test('an inclination says what it rests on; what she said stands first, what she is against last', () => {
  const marks = new Map([
    [tea, 'Tea'],
    [pot, 'Cups'],
    [bread, 'Food'],
  ])
  const found = inclinations(
    [
      signal(tea, { bought: [ago(0)] }),
      signal(pot, { viewed: ago(0), views: 1 }),
      signal(bread, { bought: [ago(3)], kept: 0 }),
    ],
    (id) => marks.get(id),
    {
      today,
      refused: new Set(),
      said: new Map([
        ['Cups', 'for' as const],
        ['Silk', 'against' as const],
      ]),
      most: 6,
    },
  )

  expect(found.map(({ name, said }) => [name, said])).toEqual([
    ['Cups', 'for'],
    ['Tea', null],
    ['Food', null],
    ['Silk', 'against'],
  ])
  expect(found[1]).toMatchObject({ bought: 1, wished: 0, last: today })
  expect(found[2]).toMatchObject({ against: 1, share: 0 })
  expect(found[0]!.share + found[1]!.share).toBeCloseTo(1)
})

test('a line of the columns is read as it is written', () => {
  expect(readSignal('7\t3\t[19990,20000]\t2\t0\t0\t19999\t0\t19998\t4')).toEqual({
    customerId: 7,
    signal: signal(3, { bought: [19_990, 20_000], kept: 2, favoured: 19_999, viewed: 19_998, views: 4 }),
  })
})
