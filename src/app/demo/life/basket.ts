import type { Good, Taste } from '../shop/goods.ts'
import type { Shelf } from '../shop/shelf.ts'
import type { Agent } from './agent.ts'
import type { Season } from './calendar.ts'
import { type Chance, draw, itemAt, type Weighted } from './chance.ts'
import type { Visit } from './visits.ts'

/** A line of a sale. Quantity in thousandths, amount in minor units. */
export type Line = { good: Good; thousandths: number; amount: number }

/** What somebody takes home: by taste, purse, habit and the season of the year. @param sale on a feast of shops, at a website */
export function basketOf(agent: Agent, visit: Visit, season: Season, shelf: Shelf, sale: boolean): Line[] {
  const { chance, habit } = agent
  const { index } = visit
  const roll = draw(chance, 'lines', index)
  const most = habit === 'gifter' ? 2 : 5
  // When everything is cheaper the shelf at home is filled.
  const count = Math.min(most, (roll < 0.5 ? 1 : roll < 0.8 ? 2 : roll < 0.94 ? 3 : 4) + (sale ? 1 : 0))
  const lines: Line[] = []
  for (let part = 0; part < count; part += 1) {
    const good = itemAt(shelfFor(agent, visit, season, shelf, part), draw(chance, 'item', index, part))
    if (lines.some((line) => line.good === good)) continue
    lines.push(lineOf(good, thousandthsOf(agent, good, index, part)))
  }
  return lines
}

/** What somebody takes who walks in and is not known. */
export function walkInBasket(chance: Chance, season: Season, shelf: Shelf): Line[] {
  const taste = (['green', 'green', 'black', 'jasmine', 'white', 'puer'] as const)[Math.floor(draw(chance, 'tea') * 6)]!
  const roll = draw(chance, 'lines')
  const from =
    roll < 0.2
      ? shelf.loose
      : roll < 0.32
        ? giftsOf(season, shelf)
        : roll < 0.5
          ? shelf.ware[0]!
          : shelf.tea[taste][roll < 0.8 ? 0 : 1]!
  const good = itemAt(from, draw(chance, 'item'))
  return [lineOf(good, good.loose ? 100 + 50 * Math.floor(draw(chance, 'count') * 9) : 1000)]
}

function shelfFor(agent: Agent, { index, spell }: Visit, season: Season, shelf: Shelf, part: number): Weighted<Good> {
  const { chance, habit, outlet, purse } = agent
  const roll = draw(chance, 'season', index, part)
  const feast = season === 'newYear' || season === 'autumnFeast'
  if (habit === 'gifter' && part === 0) return giftsOf(season, shelf)
  if (feast && roll < 0.3) return giftsOf(season, shelf)
  // Strangers begin with a tasting set.
  if (index === 0 && outlet.online && roll < 0.17 && habit !== 'house') return shelf.sample
  const warm = habit === 'collector' ? 0.38 : index === 0 && spell === 0 ? 0.22 : 0.12
  if (roll > 1 - warm) return shelf.ware[purse - 1]!
  if (!outlet.online && roll < 0.2 && !feast) return shelf.loose
  return shelf.tea[tasteOf(agent, season, index, part)]![purse - 1]!
}

/** Everybody drinks green in spring, more jasmine in summer, ripe and old in winter. */
function tasteOf({ chance, taste, second }: Agent, season: Season, index: number, part: number): Taste {
  const roll = draw(chance, 'second', index, part)
  if (season === 'spring' && roll < 0.34) return 'green'
  if (season === 'summer' && roll < 0.14) return 'jasmine'
  if (season === 'winter' && roll < 0.2) return roll < 0.1 ? 'puer' : 'white'
  return roll < 0.78 ? taste : second
}

function giftsOf(season: Season, shelf: Shelf): Weighted<Good> {
  return season === 'autumnFeast' ? shelf.autumnGift : shelf.gift
}

function thousandthsOf({ chance, habit }: Agent, good: Good, index: number, part: number): number {
  const roll = draw(chance, 'count', index, part)
  if (good.loose) return 100 + 50 * Math.floor(roll * 15)
  if (good.use === 'ware') return habit === 'house' ? 1000 * (2 + Math.floor(roll * 6)) : roll < 0.9 ? 1000 : 2000
  if (habit === 'house') return 1000 * (3 + Math.floor(roll * 10))
  if (good.use === 'gift') return roll < 0.55 ? 1000 : roll < 0.85 ? 2000 : 1000 * (3 + Math.floor((roll - 0.85) * 40))
  return roll < 0.74 ? 1000 : roll < 0.94 ? 2000 : 3000
}

/** Rounded half away from zero, as the shop's own till does. */
function lineOf(good: Good, thousandths: number): Line {
  return { good, thousandths, amount: Math.round((good.price * thousandths) / 1000) }
}
