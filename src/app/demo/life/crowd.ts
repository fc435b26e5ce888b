import { keyOf } from '../people/kin.ts'
import { leavingText, talkText } from '../people/words.ts'
import { outlets } from '../shop/houses.ts'
import type { Shelf } from '../shop/shelf.ts'
import { type Agent, agentOf } from './agent.ts'
import { type Calendar, dayOf } from './calendar.ts'
import { draw, happens } from './chance.ts'
import { arrivalDay, type Population } from './population.ts'
import { type Sale, saleOf, walkInSale } from './sale.ts'
import { firstVisit, isDamaged, leaves, nextVisit, type Visit } from './visits.ts'

/** What happens in the shop, in the order in which it does. `at` in milliseconds. */
export type Happening =
  | { what: 'arrival'; at: number; customer: number }
  | { what: 'sale'; at: number; sale: Sale }
  | { what: 'settled'; at: number; sale: Sale }
  | { what: 'refund'; at: number; sale: Sale }
  | { what: 'word'; at: number; customer: number; field: 'notes'; text: string }

export type Plan = {
  seed: number
  zeal: number
  calendar: Calendar
  population: Population
  shelfOn(day: number): Shelf
}

export type Crowd = {
  /** The next day of the shop, from its first on: all that happens on it, in order. */
  nextDay(): Happening[]
  /** Passes days without telling them, to where a telling goes on. About 1 µs a visit. */
  skipTo(day: number): void
  /** How many days are told. */
  readonly day: number
  agentOf(customer: number): Agent
}

/** Of somebody in the agenda: not come yet. */
const unborn = -1

/**
 * All customers of a shop, living day by day. What it holds is small: for each customer the next visit, and what is still to come of
 * the last weeks' sales. Which customer is looked at when changes nothing: see chance.ts.
 */
export function crowdOf(plan: Plan): Crowd {
  const { population, calendar, seed } = plan
  const agenda: (number[] | undefined)[] = []
  const later = new Map<number, Happening[]>()
  let visits = new Int16Array(1024).fill(unborn)
  let spells = new Int16Array(1024)
  let today = 0

  const keys = population.keys
  const agent = (customer: number) => agentOf({ seed, key: keys(customer) }, plan.zeal)

  function enter(day: number, customer: number): void {
    const list = agenda[day]
    if (list) list.push(customer)
    else agenda[day] = [customer]
  }

  /** Those who come this week are drawn at its first day. */
  function beginWeek(): void {
    const week = Math.floor(today / 7)
    const from = population.upTo(week - 1)
    const to = population.upTo(week)
    if (visits.length < to) {
      const grown = new Int16Array(to * 2).fill(unborn)
      grown.set(visits)
      visits = grown
      const spelled = new Int16Array(to * 2)
      spelled.set(spells)
      spells = spelled
    }
    for (let customer = from; customer < to; customer += 1) {
      enter(arrivalDay(calendar, today, { seed, key: keyOf(week, customer - from) }), customer)
    }
  }

  function plant(visit: Visit | undefined, customer: number): void {
    if (!visit) return
    visits[customer] = visit.index
    // Spell and place in it in one number: a spell is short.
    spells[customer] = (visit.spell << 14) | Math.min(visit.inSpell, 16383)
    enter(visit.day, customer)
  }

  function postpone(happening: Happening): void {
    const day = dayNumber(happening.at)
    if (day < today) return
    const list = later.get(day)
    if (list) list.push(happening)
    else later.set(day, [happening])
  }

  const dayNumber = (at: number) => Math.floor((at - calendar.begins) / 86_400_000)

  function live(told: Happening[] | undefined): void {
    if (today % 7 === 0) beginWeek()
    const shelf = plan.shelfOn(today)
    // Those who come today may buy today: they are entered behind, and met in the same pass.
    for (let at = 0; at < (agenda[today]?.length ?? 0); at += 1) {
      const customer = agenda[today]![at]!
      const who = agent(customer)
      if (visits[customer] === unborn) {
        const visit = firstVisit(who, today, calendar)
        if (told) told.push(arrival(who, customer, visit))
        visits[customer] = 0
        plant(visit, customer)
        continue
      }
      const visit: Visit = {
        index: visits[customer]!,
        day: today,
        spell: spells[customer]! >> 14,
        inSpell: spells[customer]! & 16383,
      }
      const next = nextVisit(who, visit, calendar)
      plant(next, customer)
      if (!told) continue
      const sale = saleOf(who, visit, customer, calendar, shelf)
      told.push({ what: 'sale', at: sale.at, sale })
      if (sale.settled) postpone({ what: 'settled', at: sale.settled.at, sale })
      if (sale.refund) postpone({ what: 'refund', at: sale.refund.at, sale })
      for (const word of wordsAfter(who, visit, next, sale, customer)) postpone(word)
    }
    if (told) {
      for (const sale of walkIns(plan, today, shelf)) told.push({ what: 'sale', at: sale.at, sale })
      told.push(...(later.get(today) ?? []))
      told.sort((one, other) => one.at - other.at || rank(one) - rank(other))
    }
    later.delete(today)
    agenda[today] = undefined
    today += 1
  }

  function arrival(who: Agent, customer: number, visit: Visit | undefined): Happening {
    const bought = visit?.day === today
    const begin = calendar.begins + today * 86_400_000
    const at = bought
      ? saleOf(who, visit, customer, calendar, plan.shelfOn(today)).at - 60_000
      : begin + Math.floor((9 + draw(who.chance, 'arrival', 1) * 12) * 3600) * 1000
    return { what: 'arrival', at: Math.max(begin, at), customer }
  }

  return {
    nextDay() {
      const told: Happening[] = []
      live(told)
      return told
    },
    skipTo(day) {
      while (today < day) live(undefined)
    },
    get day() {
      return today
    },
    agentOf: agent,
  }
}

/** Somebody comes before buying, buys before giving back. */
function rank({ what }: Happening): number {
  return ['arrival', 'sale', 'settled', 'refund', 'word'].indexOf(what)
}

/** What staff write down of somebody: a talk at the counter, and why a good customer stays away, when they asked. */
function* wordsAfter(
  who: Agent,
  visit: Visit,
  next: Visit | undefined,
  sale: Sale,
  customer: number,
): Generator<Happening> {
  const { chance, habit, outlet } = who
  const close = habit === 'regular' || habit === 'devotee' || habit === 'collector' || habit === 'house'
  if (!outlet.online && close && visit.inSpell < 6 && happens(chance, 0.12, 'word', visit.index)) {
    yield { what: 'word', at: sale.at + 300_000, customer, field: 'notes', text: talkText(chance, visit.index) }
  }
  const gone = leaves(who, visit) && (!next || next.day - visit.day > 130)
  if (!gone || (!close && habit !== 'taster')) return
  if (!happens(chance, habit === 'taster' ? 0.12 : 0.5, 'word', visit.index, 1)) return
  const asked = sale.at + (95 + draw(chance, 'word', visit.index, 2) * 30) * 86_400_000
  const text = leavingText(chance, isDamaged(who, visit.index))
  yield {
    what: 'word',
    at: Math.floor(asked / 1000) * 1000,
    customer,
    field: 'notes',
    text: `${dayOf(asked)} 回访：${text}`,
  }
}

/** Every store sells to people whom it does not know; more on Saturdays, and the larger the shop. */
function* walkIns({ seed, calendar, population }: Plan, day: number, shelf: Shelf): Generator<Sale> {
  const busy = calendar.store[day] ?? 1
  for (const [place, outlet] of outlets.entries()) {
    if (outlet.online) continue
    const chance = { seed, key: (0xf0000000 | (place << 20) | day) >>> 0 }
    const wanted = (population.size / 20_000) * 5 * busy
    const count = Math.floor(wanted + draw(chance, 'walkIn'))
    for (let at = 0; at < count; at += 1) {
      const own = { seed: seed ^ Math.imul(at + 1, 0x9e3779b1), key: chance.key }
      yield walkInSale(own, outlet, day, at, calendar, shelf)
    }
  }
}
