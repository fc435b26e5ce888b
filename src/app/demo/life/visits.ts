import type { Agent } from './agent.ts'
import type { Calendar } from './calendar.ts'
import { bell, draw, happens } from './chance.ts'

/** A visit that ends with an order. Days are counted from the calendar's first. */
export type Visit = {
  index: number
  day: number
  /** 0 the first time of loyalty; 1 after somebody who stayed away came back. */
  spell: number
  /** In the first spell 0 at its first visit, and so on. */
  inSpell: number
}

/** The first visit of somebody who came on a day; nobody who only looks. Most buy at once, some after weeks. */
export function firstVisit(agent: Agent, came: number, calendar: Calendar): Visit | undefined {
  if (agent.habit === 'looker') return undefined
  const at = { index: 0, spell: 0, inSpell: 0 }
  if (buysAtOnce(agent)) return { ...at, day: came }
  const wanted = came + 2 + Math.floor(draw(agent.chance, 'wait', 1) ** 2 * 50)
  return { ...at, day: nearGoodDay(agent, { after: came, wanted, leeway: 4, index: 0 }, calendar) }
}

/** Whether somebody who comes and buys does so on the first day. */
export function buysAtOnce({ chance }: Pick<Agent, 'chance'>): boolean {
  return draw(chance, 'wait') < 0.86
}

/**
 * When somebody comes again, or never. What it rests on is the visit before and the person's own chance, nothing else: lives can be
 * told from any visit on.
 */
export function nextVisit(agent: Agent, { index, day, spell, inSpell }: Visit, calendar: Calendar): Visit | undefined {
  if (leaves(agent, { index, spell, inSpell })) {
    const back = backAgain[agent.habit] ?? 0
    if (spell > 0 || !happens(agent.chance, back, 'back', index)) return undefined
    const away = 190 + Math.floor(draw(agent.chance, 'back', index, 1) * 260)
    const soon = nearGoodDay(agent, { after: day, wanted: day + away, leeway: 24, index }, calendar)
    return { index: index + 1, day: soon, spell: 1, inSpell: 0 }
  }
  const next = { index: index + 1, spell, inSpell: inSpell + 1 }
  if (agent.habit === 'gifter') {
    const feast = nextFeast(agent, day, index, calendar)
    return feast === undefined ? undefined : { ...next, day: feast }
  }
  const gap = Math.max(1, Math.round(agent.gap * Math.exp(0.55 * bell(agent.chance, 'day', index))))
  const leeway = Math.min(14, Math.ceil(gap * 0.4))
  return { ...next, day: nearGoodDay(agent, { after: day, wanted: day + gap, leeway, index }, calendar) }
}

const backAgain: Partial<Record<Agent['habit'], number>> = {
  once: 0.05,
  taster: 0.12,
  gifter: 0.1,
  regular: 0.26,
  devotee: 0.35,
  collector: 0.2,
  house: 0.1,
}

/** Whether this visit was the last of its spell. What came broken drives most away. */
export function leaves(agent: Agent, { index, spell, inSpell }: Pick<Visit, 'index' | 'spell' | 'inSpell'>): boolean {
  if (agent.habit === 'once') return spell === 0 || inSpell >= 1
  if (isDamaged(agent, index) && happens(agent.chance, 0.62, 'leave', index, 1)) return true
  if (agent.habit === 'taster' && inSpell + 1 >= (spell === 0 ? agent.enough : 1)) return true
  return happens(agent.chance, spell === 0 ? agent.leaving : agent.leaving * 2.2, 'leave', index)
}

/** Whether what was sent with this visit's order arrived broken or damp. */
export function isDamaged({ chance, outlet }: Agent, index: number): boolean {
  return happens(chance, outlet.online ? 0.013 : 0.004, 'damage', index)
}

/** A day near another, rather one on which much is going on; after the last one, whatever the leeway. */
function nearGoodDay(
  { chance, outlet }: Agent,
  { after, wanted, leeway, index }: { after: number; wanted: number; leeway: number; index: number },
  calendar: Calendar,
): number {
  const weights = outlet.online ? calendar.online : calendar.store
  const from = Math.max(after + 1, wanted - leeway)
  const to = wanted + leeway
  let sum = 0
  for (let day = from; day <= to; day += 1) sum += weights[day] ?? 1
  let place = draw(chance, 'late', index) * sum
  for (let day = from; day < to; day += 1) {
    place -= weights[day] ?? 1
    if (place < 0) return day
  }
  return to
}

/** Before the next feast that this person gives at, with a parcel's time to spare. */
function nextFeast(agent: Agent, day: number, index: number, calendar: Calendar): number | undefined {
  const earliest = day + 30
  for (const { day: until, feast } of calendar.gifts) {
    const last = until - 1
    if (last < earliest) continue
    if (!happens(agent.chance, feast === 'spring' ? 0.82 : 0.7, 'festival', index, until)) continue
    const from = Math.max(earliest, last - 22)
    return from + Math.floor(draw(agent.chance, 'late', index) * (last - from + 1))
  }
  return undefined
}
