import { isSeveral, kinOf } from '../people/kin.ts'
import type { Taste } from '../shop/goods.ts'
import { type Outlet, outlets } from '../shop/houses.ts'
import { bell, type Chance, draw, itemAt, weighted } from './chance.ts'

/**
 * How people are towards a tea shop.
 * looker: joins and never buys. once: buys a present or on a journey, and is gone. taster: tries a few times. gifter: comes before
 * the feasts. regular, devotee: drink every day. collector: old cakes and pots, seldom and dear. house: a tea room or a company.
 */
export type Habit = 'looker' | 'once' | 'taster' | 'gifter' | 'regular' | 'devotee' | 'collector' | 'house'

export type Agent = {
  chance: Chance
  habit: Habit
  outlet: Outlet
  taste: Taste
  second: Taste
  /** Days between visits, in the middle. */
  gap: number
  /** The chance to stay away after each visit. */
  leaving: number
  /** Of a taster: after so many visits it is enough. */
  enough: number
  /** 1 thrifty, 2 usual, 3 open-handed. */
  purse: 1 | 2 | 3
}

const habits = {
  online: weighted<Habit>([
    ['looker', 8],
    ['once', 36],
    ['taster', 20],
    ['gifter', 11],
    ['regular', 17],
    ['devotee', 4],
    ['collector', 3],
    ['house', 1],
  ]),
  store: weighted<Habit>([
    ['looker', 4],
    ['once', 35],
    ['taster', 18],
    ['gifter', 13],
    ['regular', 19],
    ['devotee', 6],
    ['collector', 3],
    ['house', 2],
  ]),
}

const where = weighted<number>([
  [0, 40],
  [1, 27],
  [2, 19],
  [3, 14],
])

const likes = weighted<Taste>([
  ['green', 30],
  ['white', 15],
  ['puer', 15],
  ['rock', 14],
  ['black', 11],
  ['oolong', 9],
  ['jasmine', 6],
])

const gaps: Record<Habit, number> = {
  looker: 0,
  once: 0,
  taster: 38,
  gifter: 0,
  regular: 46,
  devotee: 17,
  collector: 82,
  house: 31,
}
const leavings: Record<Habit, number> = {
  looker: 1,
  once: 1,
  taster: 0.05,
  gifter: 0.24,
  regular: 0.075,
  devotee: 0.026,
  collector: 0.1,
  house: 0.045,
}

/** @param zeal how much more often people buy than they do: load tests want more orders of the same people */
export function agentOf(chance: Chance, zeal = 1): Agent {
  const kin = kinOf(chance)
  const self = kin.as === 'again' ? kin.head : chance
  const outlet = outletOf(chance, kin.as, kin.place, kin.head)
  const drawn = itemAt(outlet.online ? habits.online : habits.store, draw(self, 'habit'))
  // Somebody with several accounts is one of those who come back.
  const habit = (kin.as === 'again' || isSeveral(kin)) && (drawn === 'looker' || drawn === 'once') ? 'regular' : drawn
  return {
    chance,
    habit,
    outlet,
    taste: itemAt(likes, draw(self, 'tea')),
    second: itemAt(likes, draw(self, 'second')),
    gap: Math.max(3, (gaps[habit] * Math.exp(0.35 * bell(self, 'gap'))) / zeal),
    leaving: leavings[habit] / (habit === 'once' ? 1 : zeal),
    enough: Math.round((2 + Math.floor(draw(self, 'stay') ** 1.6 * 4)) * zeal),
    purse: purseOf(habit, draw(self, 'purse')),
  }
}

/** Several accounts of one person stand at the website, in WeChat and at a till; a family meets in WeChat and at the till. */
function outletOf(chance: Chance, as: string, place: number, head: Chance): Outlet {
  const till = draw(head, 'channel', 1) < 0.57 ? 2 : 3
  if (as === 'again') return outlets[place === 1 ? 1 : till]!
  if (as === 'spouse') return outlets[till]!
  if (as === 'child') return outlets[1]!
  if (place === 0 && isSeveral({ as: 'alone', head, place })) return outlets[0]!
  return outlets[itemAt(where, draw(chance, 'channel'))]!
}

function purseOf(habit: Habit, place: number): Agent['purse'] {
  if (habit === 'collector' || habit === 'house') return place < 0.3 ? 2 : 3
  return place < 0.46 ? 1 : place < 0.85 ? 2 : 3
}
