import type { Agent, Habit } from './agent.ts'
import { draw, happens } from './chance.ts'
import type { Visit } from './visits.ts'

// A stroll: somebody looks around and does not buy. A website's or a mini program's session, a look into a store.

/** How often on the way to a visit that ends with an order: online, at a store. Whoever takes what is dear looks longest. */
const keen: Record<Habit, readonly [online: number, store: number]> = {
  looker: [0, 0],
  once: [1.1, 0.12],
  taster: [1.5, 0.2],
  gifter: [1.8, 0.3],
  regular: [1.3, 0.35],
  devotee: [1, 0.45],
  collector: [3.2, 0.5],
  house: [0.6, 0.15],
}

/** How often after the last one. */
const fading: Record<Habit, readonly [online: number, store: number]> = {
  looker: [2.6, 0.5],
  once: [0.7, 0.04],
  taster: [1.1, 0.15],
  gifter: [0.9, 0.1],
  regular: [2.2, 0.5],
  devotee: [2.8, 0.8],
  collector: [2, 0.4],
  house: [0.8, 0.1],
}

/** In one plan. */
const most = 8
/** Who buys again has begun to look so many days before at most. */
const longest = 21

/** The days between two on which somebody looks around before a visit, in no order; the first is where favourites are marked. */
export function strollsBefore(agent: Agent, { index, day }: Visit, since: number, curiosity: number): number[] {
  const { chance, habit, outlet } = agent
  const count = countOf(keen[habit][outlet.online ? 0 : 1] * curiosity, draw(chance, 'stroll', index))
  const span = Math.min(longest, day - since - 1)
  if (span < 1) return []
  return Array.from(
    { length: count },
    (_, at) => day - 1 - Math.floor(draw(chance, 'stroll', index, at + 1) ** 2 * span),
  )
}

/** The days on which somebody still looks in who buys no more: always seldomer. */
export function strollsAfter(agent: Agent, { index, day }: Pick<Visit, 'index' | 'day'>, curiosity: number): number[] {
  const { chance, habit, outlet } = agent
  const count = countOf(fading[habit][outlet.online ? 0 : 1] * curiosity, draw(chance, 'stroll', index, 20))
  // Whoever looks around more does so within the same time.
  const step = 12 / Math.max(1, curiosity)
  let at = day
  return Array.from({ length: count }, (_, place) => {
    at += 1 + Math.floor(step * 2 ** place * (0.5 + draw(chance, 'stroll', index, place + 21)))
    return at
  })
}

/** Before an account was made, on the same browser: within the week before. */
export function strollsUnknown(agent: Agent, came: number, curiosity: number): number[] {
  const { chance } = agent
  if (!hasBrowser(agent)) return []
  const count = countOf(1.2 * curiosity, draw(chance, 'stroll', 0, 40))
  return Array.from({ length: count }, (_, at) => came - 1 - Math.floor(draw(chance, 'stroll', 0, at + 41) ** 2 * 6))
}

/** Who found the website by themselves and looked before signing in; WeChat's mini program knows its people from the first. */
export function hasBrowser({ chance, outlet }: Pick<Agent, 'chance' | 'outlet'>): boolean {
  return outlet.letter === 'W' && happens(chance, 0.6, 'browser')
}

function countOf(wanted: number, place: number): number {
  return Math.min(most, Math.floor(wanted + place))
}
